// The packages as `npm run pack` makes them, once for a test file, and folders in which they are installed.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "@jest/globals";
import type { FileContents } from "../../src/stage/contents.ts";

export const root = fileURLToPath(new URL("../../../..", import.meta.url));
/** Built by nx before the tests: what npm gets comes from built files too. */
const MAIN = join(root, "tools/release/dist/main.js");

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Removed when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "netwright-release-"));
  folders.push(folder);
  return folder;
}

export interface Packed {
  readonly folder: string;
  /** Of all packages, in an order in which they can be published. */
  readonly names: readonly string[];
  readonly staged: (name: string) => string;
  readonly tarball: (name: string) => string;
  readonly contents: Readonly<Record<string, readonly FileContents[]>>;
}

export function pack(...options: readonly string[]): Packed {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "notes.txt"), "of someone else");
  execFileSync(process.execPath, [MAIN, "pack", "--out", folder, ...options], { stdio: "pipe" });
  const contents: Packed["contents"] = JSON.parse(readFileSync(join(folder, "contents.json"), "utf8"));
  const base = (name: string) => join(folder, name.replace(/^@/, "").replace("/", "-"));
  return {
    folder,
    names: Object.keys(contents),
    staged: base,
    tarball: (name) => `${base(name)}-0.1.0.tgz`,
    contents,
  };
}

/** A project of a user, with these tarballs installed by npm. */
export function project(...tarballs: readonly string[]): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "package.json"), '{ "name": "project", "private": true }\n');
  install(folder, ...tarballs);
  return folder;
}

export function install(folder: string, ...tarballs: readonly string[]): void {
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  execFileSync("npm", ["install", ...quiet, ...tarballs], { cwd: folder, stdio: "pipe" });
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(folder: string, command: string, ...args: readonly string[]): Ran {
  // What npm and nx tell the processes that they run is not what a person's shell has.
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^FORCE_COLOR$/i.test(name));
  const env = { ...Object.fromEntries(kept), npm_config_prefer_offline: "true" };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** A program as an ES module, or as CommonJS where `type` says so. */
export function node(folder: string, program: string, type: "module" | "commonjs" = "module"): Ran {
  return run(folder, process.execPath, `--input-type=${type}`, "-e", program);
}
