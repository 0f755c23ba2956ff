// Where `npm run bench:setup` puts what only the benchmark needs: a folder that git ignores.

import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const BENCH_FOLDER = fileURLToPath(new URL("../../../../.nx/bench", import.meta.url));
export const VENV = join(BENCH_FOLDER, "python");
export const PYTHON =
  process.platform === "win32" ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");
