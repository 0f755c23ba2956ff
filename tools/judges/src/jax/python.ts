// The Python that has JAX: the one that is named, else one of the judges' own.

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { venvWith } from "../venv.ts";

const PACKAGES = ["jax==0.10.2"];

export type WithJax = { readonly python: string; readonly version: string } | { readonly reason: string };

export function pythonWithJax(named: string): WithJax {
  const version = versionIn(named);
  if (version !== null) return { python: fromAnywhere(named), version };
  const environment = venvWith("jax", PACKAGES);
  if ("reason" in environment) return environment;
  return { python: fromAnywhere(environment.python), version: versionIn(environment.python) ?? "" };
}

/** Processes are started in other folders; a command without a folder is looked for on the path. */
function fromAnywhere(python: string): string {
  return /[\\/]/.test(python) ? resolve(python) : python;
}

function versionIn(python: string): string | null {
  const asked = spawnSync(python, ["-c", "import jax; print(jax.__version__)"], { encoding: "utf8" });
  return asked.status === 0 ? asked.stdout.trim() : null;
}
