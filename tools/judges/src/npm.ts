// A package of npm of a judge's own, installed when it is first heard: below .nx, beside the environments of Python.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

export type Loaded = { readonly module: unknown } | { readonly reason: string };

/** `env` is what its installation is told. */
export function packageOfNpm(
  name: string,
  version: string,
  env: Readonly<Record<string, string>> = {},
): Loaded {
  const folder = resolve(".nx", "judges", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  const options = ["--no-audit", "--no-fund", "--loglevel=error"];
  const { status, stderr } = spawnSync("npm", ["install", ...options, `${name}@${version}`], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status !== 0) return { reason: `npm installs no ${name}: ${stderr.trim().split("\n").at(0)}` };
  try {
    const loaded: unknown = createRequire(join(folder, "package.json"))(name);
    return { module: loaded };
  } catch (error) {
    return {
      reason: `${name} is not loaded: ${error instanceof Error ? error.message.split("\n")[0] : error}`,
    };
  }
}
