// Everything that can be begun, begun at once in a copy of the project: it compiles as it stands, and each of its tests
// fails until it is filled in.

import { spawnSync } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { kinds } from "../src/kinds/table.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
let copy: string;

function run(command: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

/** Packages of others are those of the project, ours are those of the copy. */
function linkModules(): void {
  const from = join(root, "node_modules");
  const to = join(copy, "node_modules");
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name === ".cache") continue;
    const isOurs = name === "@netwright" || lstatSync(join(from, name)).isSymbolicLink();
    if (isOurs) cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(join(from, name), join(to, name));
  }
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "begun-"));
  const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const path of listed.stdout.trim().split("\n")) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(root, path), join(copy, path), { force: true });
  }
  linkModules();
  expect(run("npx", "tsc", "-b")).toEqual({ status: 0, output: "" });
  for (const word of kinds.keys()) {
    expect(run("node", "tools/new/dist/main.js", word, `wibble_${word}`)).toMatchObject({ status: 0 });
  }
}, 600_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("all of it compiles", () => {
  expect(run("npx", "tsc", "-b")).toEqual({ status: 0, output: "" });
  expect(run("npx", "tsc", "-p", "tsconfig.test.json")).toEqual({ status: 0, output: "" });
  expect(run("npx", "biome", "ci", "--error-on-warnings", "packages")).toMatchObject({ status: 0 });
}, 300_000);

test("each of its tests fails", () => {
  for (const folder of ["compiler", "data", "runtime", "backend-reference"]) {
    const { status, output } = run(
      "node",
      ...["--experimental-vm-modules", "node_modules/jest/bin/jest.js", "--config", "jest.config.mjs"],
      ...["--rootDir", `packages/${folder}`, "wibble"],
    );
    expect(status).toBe(1);
    expect(output).toMatch(/Tests: +(\d+) failed, \1 total/);
  }
}, 300_000);
