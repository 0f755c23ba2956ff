// A picture in pixels from an SVG: resvg, as WebAssembly. It knows no fonts, so one comes along.

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
  const woff2 = await readFile(require.resolve("@fontsource/inter/files/inter-latin-400-normal.woff2"));
  const font = await decompress(woff2);
  const resvg = new Resvg(svg, {
    background: "#ffffff",
    fitTo: { mode: "zoom", value: SCALE },
    font: { fontBuffers: [font], defaultFontFamily: "Inter" },
  });
  return resvg.render().asPng();
}
