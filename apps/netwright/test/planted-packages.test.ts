// A folder that somebody sent, with packages beside the table and the run that would make a command load them. The command
// stands elsewhere, without any of them, as one that is installed for all projects.

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, expect, test } from "@jest/globals";
import { train } from "netwright";
import { SMALL, smallCsv, temporaryFolder } from "./support/project.ts";

const command = temporaryFolder();
const folder = temporaryFolder();
const marker = join(folder, "was-run");

beforeAll(() => {
  execFileSync(process.execPath, [fileURLToPath(new URL("../bundle.mjs", import.meta.url)), command]);
  const mark = `require("node:fs").writeFileSync(${JSON.stringify(marker)}, __filename);\n`;
  const resolved = "@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node";
  for (const name of [
    "@duckdb/node-api",
    "@netwright/backend-wasm",
    "@tensorflow/tfjs-node",
    "ydf-training",
    "left-pad",
  ]) {
    put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "4.22.0", main: "index.js" }));
    put(`node_modules/${name}/index.js`, mark);
  }
  put(`node_modules/${resolved}`, "no library");
  put("t.duckdb", "no database");
  put("asked.net", SMALL.replace(/source: "[^"]*"/, 'source: duckdb("t.duckdb", "from t")'));
  put("small.net", SMALL);
  put("small.csv", smallCsv());
});
beforeEach(() => rmSync(marker, { force: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function netwright(...args: readonly string[]) {
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(command, "cache"),
    NETWRIGHT_NATIVE: join(command, "no"),
  };
  const options = { encoding: "utf8", env, cwd: folder, timeout: 30_000 } as const;
  return spawnSync(process.execPath, [join(command, "main.js"), ...args], options);
}

test.each([["check"], ["explain"], ["train"]])("`%s` of a query runs no library of the folder", (verb) => {
  const { status, stderr } = netwright(verb, "asked.net");
  expect(stderr).toContain("`duckdb` needs the package `@duckdb/node-api`, which is not installed.");
  expect(stderr).toContain("Add it where Netwright is installed");
  expect(status).toBe(1);
  expect(existsSync(marker)).toBe(false);
});

test.each([
  [["train", "small.net", "--backend", "wasm"]],
  [["train", "small.net", "--backend", "native"]],
  [["backends"]],
  [["doctor"]],
  [["baseline", "small.net"]],
])("%j neither: a part of Netwright's is beside it", (args) => {
  netwright(...args);
  expect(existsSync(marker)).toBe(false);
});

test("nor what a run names that goes on", async () => {
  const begun = await train(join(folder, "small.net"), { backend: "reference", signal: AbortSignal.abort() });
  const run = await begun.save(join(folder, "runs"));
  const file = join(run, "record.json");
  const { seal: _, backend, ...record } = JSON.parse(readFileSync(file, "utf8"));
  for (const name of ["wasm", "native", "left-pad", "@netwright/backend-wasm"]) {
    const renamed = { ...record, backend: { ...backend, name }, seal: "0".repeat(64) };
    const open = `${JSON.stringify(renamed, null, 2)}\n`;
    writeFileSync(file, open.replace("0".repeat(64), createHash("sha256").update(open).digest("hex")));
    const { stderr } = netwright("train", "--resume", run);
    expect({ name, stderr }).toMatchObject({ stderr: expect.stringMatching(/NW081[0-2]/) });
    expect({ name, ran: existsSync(marker) }).toEqual({ name, ran: false });
  }
});

test("a package that the user names is taken from there", () => {
  for (const name of ["left-pad", "@netwright/backend-wasm"]) {
    rmSync(marker, { force: true });
    expect(netwright("train", "small.net", "--backend", name).stderr).toContain("NW0813");
    expect(existsSync(marker)).toBe(true);
  }
});
