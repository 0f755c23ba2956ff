// What a user reads where TensorFlow cannot be used: every message whole, as it is the only help there is.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { BackendError } from "@netwright/runtime";
import { packageFolder } from "../../src/node/library/cache-folder.ts";
import { loadLibrary } from "../../src/node/library/load-library.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "netwright-native-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A package in the cache folder; `addon` is the text of its addon. */
function install(version: string, addon?: string): string {
  const target = packageFolder(folder);
  mkdirSync(join(target, "lib", "napi-v8"), { recursive: true });
  writeFileSync(join(target, "package.json"), JSON.stringify({ version, main: "index.js" }));
  if (addon !== undefined) writeFileSync(join(target, "lib", "napi-v8", "tfjs_binding.node"), addon);
  return target;
}

function refusal(): string {
  try {
    loadLibrary({ NETWRIGHT_NATIVE: folder });
  } catch (error) {
    if (error instanceof BackendError) return `${error.message}. ${error.remedy}`;
    throw error;
  }
  throw new Error("the library was loaded");
}

const SET_UP =
  "Run `netwright setup native`, which installs it for this user without changing the project, or take another backend.";

test("nothing is installed: the message gives the command", () => {
  expect(refusal()).toBe(
    `the native backend cannot be used here: TensorFlow's library, @tensorflow/tfjs-node, is not installed. ${SET_UP}`,
  );
});

test("one of the current folder, which may be a stranger's, is none", () => {
  const planted = join(folder, "sent/node_modules/@tensorflow/tfjs-node");
  mkdirSync(join(planted, "lib/napi-v8"), { recursive: true });
  writeFileSync(join(planted, "package.json"), JSON.stringify({ version: "4.22.0", main: "index.js" }));
  writeFileSync(join(planted, "lib/napi-v8/tfjs_binding.node"), "no library");
  const home = process.cwd();
  process.chdir(join(folder, "sent"));
  try {
    expect(refusal()).toContain("@tensorflow/tfjs-node, is not installed");
  } finally {
    process.chdir(home);
  }
});

test("the package is there and its install script has not run", () => {
  const target = install("4.22.0");
  expect(refusal()).toBe(
    `the native backend cannot be used here: @tensorflow/tfjs-node in ${target} has no addon, as its install script has not run or could not download. ${SET_UP}`,
  );
});

test("another version", () => {
  const target = install("3.21.1", "");
  expect(refusal()).toBe(
    `the native backend cannot be used here: @tensorflow/tfjs-node in ${target} is version 3.21.1; this backend is made for 4.22.0. Install @tensorflow/tfjs-node@4.22.0, or remove it and run \`netwright setup native\`.`,
  );
});

test("an addon that does not load, as one for another machine: the loader's reason and what runs here", () => {
  const target = install("4.22.0", "no library");
  const text = refusal();
  expect(text).toContain(
    `the addon in ${target} does not load on ${process.platform} ${process.arch} with Node ${process.versions.node}: `,
  );
  expect(text).toContain("tfjs_binding.node");
  expect(text).toContain("Run `netwright setup native --uninstall`, then `netwright setup native`");
});
