// Bundles the command from its sources into `dist`: a chunk for each command and backend, and chunks of what they
// share. A process that loads hundreds of modules spends most of its start on finding them. TensorFlow.js stays
// outside: it is large, and loaded by the backends that need it, when they need it.

import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Chunks of an earlier build would be packed with the others.
rmSync(here("dist/chunks"), { recursive: true, force: true });

await build({
  cwd: here("."),
  input: { main: "src/main.ts", index: "src/index.ts" },
  platform: "node",
  external: [/^@tensorflow\//],
  resolve: { conditionNames: ["@netwright/source", "import", "node", "default"] },
  // Neither our packages nor the libraries do anything when they are merely imported.
  treeshake: { moduleSideEffects: false },
  output: {
    dir: here("dist"),
    chunkFileNames: "chunks/[name].js",
    sourcemap: true,
    // Names stay, so that stack traces can be read.
    minify: { compress: true, mangle: false, codegen: true },
  },
});
