// A measurement in a process of its own: a script beside this file, whose last line is JSON.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What it printed. @throws when it ends otherwise than well */
export function runScript(script: string, args: readonly string[], node: readonly string[] = []): string {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return execFileSync(process.execPath, [...node, path, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Asked before anything is measured. @throws where that Python is not there */
export function checkPython(python: string): void {
  if (!existsSync(python)) throw new Error(`There is no ${python}: npm run bench:setup`);
}

/** What a script of the folder `python` printed. @throws when it ends otherwise than well */
export function runPythonScript(
  python: string,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): string {
  const path = fileURLToPath(new URL(`../python/${script}`, import.meta.url));
  return execFileSync(python, [path, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The last line, parsed. */
export function lastLine(output: string): unknown {
  return JSON.parse(output.trim().split("\n").at(-1) ?? "null");
}
