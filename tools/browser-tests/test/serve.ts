// Bundles the page with esbuild and serves it, with the wasm files of TensorFlow.js, on a free local port.

import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));

export async function bundle(page: "train" | "conformance" | "table" | "formats" = "train"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(here, `../page/${page}.ts`)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    conditions: ["@netwright/source"],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

const HTML = `<!doctype html><meta charset="utf-8"><title>Netwright</title><script type="module" src="/page.js"></script>`;

/** With these, pages may share memory with their workers. */
const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** The page is at `/`, and at `/isolated` with the headers that isolate it from other origins. */
export async function serve(script: string): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const send = (type: string, body: string | Buffer) =>
      response.writeHead(200, { "content-type": type }).end(body);
    if (path === "/isolated") {
      return response.writeHead(200, { ...ISOLATION, "content-type": "text/html" }).end(HTML);
    }
    if (path === "/") return send("text/html", HTML);
    if (path === "/page.js") return send("text/javascript", script);
    const [, file] = /^\/wasm\/([\w.-]+\.wasm)$/.exec(path) ?? [];
    if (file === undefined) return response.writeHead(404).end();
    return readFile(join(wasmFolder, file)).then(
      (bytes) => send("application/wasm", bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}/`, server };
}
