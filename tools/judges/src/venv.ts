// A Python environment of a judge's own, made when it is first heard: below .nx, where nothing else looks.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Packages with their versions, `onnxruntime==1.32.0`. The path of its Python, or why there is none. */
export function venvWith(
  name: string,
  packages: readonly string[],
): { readonly python: string } | { readonly reason: string } {
  const folder = join(".nx", "judges", name);
  const python = join(folder, "bin", "python");
  if (!existsSync(python)) {
    const made = spawnSync("python3", ["-m", "venv", folder], { encoding: "utf8" });
    if (made.status !== 0) return { reason: `python3 makes no environment: ${lastLine(made.stderr)}` };
  }
  const installed = spawnSync(python, ["-m", "pip", "install", "--quiet", ...packages], { encoding: "utf8" });
  return installed.status === 0 ? { python } : { reason: `pip: ${lastLine(installed.stderr)}` };
}

function lastLine(text: string | null): string {
  return text?.trim().split("\n").at(-1) ?? "it cannot be started";
}
