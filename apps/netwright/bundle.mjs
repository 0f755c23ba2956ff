// `node bundle.mjs [folder]`: bundles the command, into `dist` where no folder is named.

import { fileURLToPath } from "node:url";
import { bundle } from "./bundling.mjs";

await bundle({
  libraries: { index: "src/index.ts" },
  out: process.argv[2] ?? fileURLToPath(new URL("dist", import.meta.url)),
  sourcemap: true,
});
