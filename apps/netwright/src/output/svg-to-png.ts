// A picture in pixels from an SVG: resvg, as WebAssembly. It knows no fonts, so one comes along.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** Pixels for each unit of the SVG: sharp on the screens of today. */
const SCALE = 2;

let ready: Promise<void> | undefined;

export async function svgToPng(svg: string): Promise<Uint8Array> {
  const require = createRequire(import.meta.url);
  // Large, and modules that only `import` can load.
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  const { default: decompress } = await import("woff2-encoder/decompress");
  ready ??= readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")).then((bytes) => initWasm(bytes));
  await ready;
  const font = await decompress(await readFile(fontFile()));
  const resvg = new Resvg(svg, {
    background: "#ffffff",
    fitTo: { mode: "zoom", value: SCALE },
    font: { fontBuffers: [font], defaultFontFamily: "Inter" },
  });
  return resvg.render().asPng();
}

const FONT = "inter-latin-400-normal.woff2";

/** Beside the bundle, seen from one of its chunks; in its package, seen from this file. */
function fontFile(): URL | string {
  const bundled = new URL(`../fonts/${FONT}`, import.meta.url);
  return existsSync(bundled)
    ? bundled
    : createRequire(import.meta.url).resolve(`@fontsource/inter/files/${FONT}`);
}
