// `node bundle.mjs [folder]`: bundles the command from its sources, into `dist` where no folder is named. A chunk for
// each command and backend, and chunks of what they share: a process that loads hundreds of modules spends most of
// its start on finding them. CommonJS, which Node loads faster, and whose compiled code can be kept on Node 20
// (`src/code-cache.ts`).

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const out = process.argv[2] ?? here("dist");
const { dependencies, peerDependencies } = JSON.parse(readFileSync(here("package.json"), "utf8"));

const { output } = await build({
  cwd: here("."),
  input: { main: "src/main.ts", index: "src/index.ts" },
  platform: "node",
  // What is large, and loaded when it is needed: the packages that are installed with this one.
  external: [...Object.keys(dependencies), ...Object.keys(peerDependencies)].map(
    (name) => new RegExp(`^${name}(/|$)`),
  ),
  plugins: [requireTensorflow(), lateChildProcess()],
  resolve: {
    alias: { "@noble/hashes/sha2.js": here("src/sha256.ts") },
    conditionNames: ["@netwright/source", "import", "node", "default"],
  },
  // Neither our packages nor the libraries do anything when they are merely imported.
  treeshake: { moduleSideEffects: false },
  output: {
    dir: out,
    format: "cjs",
    // Named by their content, so that compiled code can be kept under that name.
    chunkFileNames: "chunks/[name]-[hash].js",
    sourcemap: true,
    // Names stay, so that stack traces can be read.
    minify: { compress: true, mangle: false, codegen: true },
  },
});
// Chunks of an earlier build would be packed with the others; until now, a running command may have needed them.
const built = new Set(output.map(({ fileName }) => fileName));
for (const name of readdirSync(join(out, "chunks"))) {
  if (!built.has(`chunks/${name}`)) rmSync(join(out, "chunks", name));
}
writeFileSync(join(out, "package.json"), '{ "type": "commonjs" }\n');
// What `netwright help NW0301` shows.
rmSync(join(out, "errors"), { recursive: true, force: true });
cpSync(here("../../docs/errors"), join(out, "errors"), {
  recursive: true,
  filter: (path) => !/(README\.md|\.csv)$/.test(path),
});

/** commander loads it for commands that are programs of their own, of which there are none. */
function lateChildProcess() {
  const name = "\0late-child-process";
  return {
    name: "late-child-process",
    resolveId: (source, importer) =>
      source === "node:child_process" && /[\\/]node_modules[\\/]commander[\\/]/.test(importer ?? "")
        ? name
        : null,
    load: (id) =>
      id === name ? 'exports.spawn = (...all) => require("node:child_process").spawn(...all);' : null,
  };
}

/** An `import()` and a `require` of TensorFlow.js would each make an instance of it. */
function requireTensorflow() {
  return {
    name: "require-tensorflow",
    transform: (code) => {
      const required = code.replaceAll(
        /await import\("(@tensorflow\/[^"]+)"\)/g,
        'await Promise.resolve().then(() => require("$1"))',
      );
      return required === code ? null : { code: required, map: null };
    },
  };
}
