// A Python of its own in a folder, with what a script needs.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { call } from "./call.ts";

/** Its path; installs where it is not there yet. */
export function pythonWith(folder: string, packages: readonly string[]): string {
  const home = join(folder, "python");
  const python = join(home, "bin", "python");
  if (existsSync(python)) return python;
  call("python3", ["-m", "venv", home]);
  call(join(home, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", ...packages]);
  return python;
}
