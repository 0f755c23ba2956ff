// An exported model in a real browser: as it is, out of a bundle, and alone, under a policy that allows no eval.

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { build } from "esbuild";
import { exportWasm, type Prediction, train, type WasmExport } from "netwright";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, launch } from "./browser.ts";

const net = fileURLToPath(
  new URL("../../../examples/concrete/concrete-activation-layers.net", import.meta.url),
);
const [head = "", ...lines] = readFileSync(join(net, "../concrete.csv"), "utf8").trim().split("\n");
const rows = lines.slice(0, 300).map((line) => {
  const cells = line.split(",");
  return Object.fromEntries(head.split(",").map((name, i) => [name, Number(cells[i])]));
});

/** What a page would do with the wrapper; it shows the predictions as JSON. */
const WITH_WRAPPER = `
  import { load } from "./model.mjs";
  const rows = await (await fetch("/rows.json")).json();
  document.querySelector("pre").textContent = JSON.stringify((await load()).predictMany(rows));`;

const ALONE = `
  const { instance: { exports } } = await WebAssembly.instantiateStreaming(fetch("/model.wasm"));
  const rows = await (await fetch("/rows.json")).json();
  const count = Math.min(rows.length, exports.capacity());
  const x = new Float64Array(exports.memory.buffer, exports.input(), count * 8);
  x.set(rows.slice(0, count).flatMap((row) => Object.values(row).slice(0, 8)));
  const done = exports.predict(count);
  const y = [...new Float64Array(exports.memory.buffer, exports.output(), done)];
  document.querySelector("pre").textContent = JSON.stringify(y.map((value) => ({ CompressiveStrength: value })));`;

/** The wrapper looks for the file of its model, which is served as `model.wasm`. */
const wrapperOf = ({ name, js }: WasmExport): string => js.replaceAll(`${name}.wasm`, "model.wasm");

/** The program with the wrapper in it, as a bundler for browsers makes it. */
async function bundled(files: WasmExport): Promise<string> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: WITH_WRAPPER, resolveDir: "/" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
    plugins: [
      {
        name: "model",
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /model\.mjs$/ }, () => ({ path: "model.mjs", namespace: "model" }));
          onLoad({ filter: /.*/, namespace: "model" }, () => ({ contents: wrapperOf(files), loader: "js" }));
        },
      },
    ],
  });
  expect(warnings).toEqual([]);
  return outputFiles[0]?.text ?? "";
}

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

async function serve(
  files: WasmExport,
  rows: readonly object[],
): Promise<{ readonly url: string; readonly server: Server }> {
  const script = "text/javascript";
  const contents = new Map<string, readonly [type: string, body: string | Uint8Array]>([
    ["/model.mjs", [script, wrapperOf(files)]],
    ["/model.wasm", ["application/wasm", files.wasm]],
    ["/rows.json", ["application/json", JSON.stringify(rows)]],
    ["/wrapper.js", [script, WITH_WRAPPER]],
    ["/bundled.js", [script, await bundled(files)]],
    ["/alone.js", [script, ALONE]],
  ]);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const [, page] = /^\/page\/(\w+)$/.exec(pathname) ?? [];
    const [type, body] =
      page === undefined
        ? (contents.get(pathname) ?? ["text/plain", ""])
        : ["text/html", `<!doctype html><pre></pre><script type="module" src="/${page}.js"></script>`];
    response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, server };
}

describeInBrowser("an exported model in Chromium", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  let url = "";
  let expected: readonly Prediction[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    const model = await train(net, { backend: "reference", epochs: 2 });
    expected = await model.predict(rows.map(({ CompressiveStrength: _, ...row }) => row));
    ({ url, server } = await serve(await exportWasm(model.bundle), rows));
    browser = await launch();
    page = await browser.newPage();
    page.on("pageerror", (error) => errors.push(error.message));
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  test.each([
    ["with its wrapper", "wrapper", 300],
    ["with its wrapper in a bundle", "bundled", 300],
    ["alone", "alone", 256],
  ])(
    "%s gives the bits of the reference in Node",
    async (_, name, count) => {
      errors.length = 0;
      await page.goto(`${url}/page/${name}`);
      const text = await page.locator("pre:not(:empty)").textContent({ timeout: 10_000 });
      expect(errors).toEqual([]);
      expect(JSON.parse(text ?? "")).toEqual(expected.slice(0, count));
    },
    30_000,
  );
});

const SALES = `netwright 1
data sales {
  source: "sales.csv" target: kind features: [sold, note, place, size] missing: most_frequent
  columns {
    sold: date(parts: [elapsed, month, weekday, hour])
    note: text(bag_of_words(vocabulary: 12))
    place: numbers(2)
    size: number(scale: quantile(n_quantiles: 20, output_distribution: normal))
  }
}
model { dense(8, tanh) -> dense(outputs) }
train { loss: cross_entropy, optimizer: adam(learning_rate: 0.02), epochs: 3 }
`;
const two = (x: number) => String(x).padStart(2, "0");
const sales = Array.from({ length: 200 }, (_, i) => ({
  sold:
    i % 3 === 0
      ? `${two(1 + (i % 28))}/${two(1 + (i % 12))}/2024`
      : `2024-${two(1 + (i % 12))}-${two(1 + (i % 28))}T${two(i % 24)}:30${i % 2 === 0 ? "" : "+05:30"}`,
  note: ["Sunny İSTANBUL flat", "GROSSE Straße", "dark, ΣΙΣΥΦΟΣ", ""][i % 4],
  place: `[${i % 7}, ${i % 5}]`,
  size: i % 9 === 4 ? null : (i * 37) % 101,
  kind: ["low", "middle", "high"][(i * 7) % 3],
}));

describeInBrowser("an exported model of classes by dates, texts and lists in Chromium", () => {
  test("gives the bits of the reference in Node, in another zone and language", async () => {
    const model = await train(SALES, { backend: "reference", data: sales });
    const given = sales.map(({ kind: _, ...row }) => row);
    const expected = await model.predict(given);
    const { url, server } = await serve(await exportWasm(model.bundle), given);
    const browser = await launch();
    try {
      const page = await browser.newPage({ timezoneId: "Asia/Kolkata", locale: "tr-TR" });
      for (const name of ["wrapper", "bundled"]) {
        await page.goto(`${url}/page/${name}`);
        const text = await page.locator("pre:not(:empty)").textContent({ timeout: 10_000 });
        expect(text).toBe(JSON.stringify(expected));
      }
    } finally {
      await browser.close();
      server.close();
    }
    expect(new Set(expected.map(({ kind }) => kind)).size).toBeGreaterThan(1);
  }, 60_000);
});
