// What lies in a folder that others may write to is not taken for the user's own.

import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, jest, test } from "@jest/globals";
import { strangersAt, userCache } from "@netwright/runtime/node";

afterEach(() => {
  jest.restoreAllMocks();
});

function tree() {
  const root = mkdtempSync(join(tmpdir(), "netwright-strangers-"));
  chmodSync(root, 0o755);
  const folder = join(root, "a", "b");
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const file = join(folder, "code.so");
  writeFileSync(file, "", { mode: 0o644 });
  return { root, folder, file };
}

test("the file and every folder from the root on may be written by the user alone", () => {
  const { root, folder, file } = tree();
  expect(strangersAt(root, file)).toBeUndefined();
  for (const place of [root, join(root, "a"), folder, file]) {
    for (const mode of [0o775, 0o757]) {
      chmodSync(place, mode);
      expect(strangersAt(root, file)).toBe(`others may write to ${place}`);
    }
    chmodSync(place, 0o755);
  }
  expect(strangersAt(root, join(root, "none", "at", "all"))).toBeUndefined();
});

test("nobody else comes into a closed folder, whatever is allowed inside", () => {
  const { root, folder, file } = tree();
  chmodSync(file, 0o666);
  chmodSync(join(root, "a"), 0o700);
  expect(strangersAt(root, file)).toBeUndefined();
  chmodSync(root, 0o777);
  expect(strangersAt(root, folder)).toBe(`others may write to ${root}`);
});

test("a link to a folder is looked through, one to a file is the user's choice", () => {
  const { root, folder, file } = tree();
  const other = tree();
  symlinkSync(other.folder, join(root, "linked"));
  chmodSync(other.folder, 0o777);
  expect(strangersAt(root, join(root, "linked", "code.so"))).toContain("others may write to");
  chmodSync(other.file, 0o666);
  symlinkSync(other.file, join(folder, "linked.so"));
  expect(strangersAt(root, join(folder, "linked.so"))).toBeUndefined();
  symlinkSync(join(other.root, "gone"), join(folder, "dangling.so"));
  expect(strangersAt(root, join(folder, "dangling.so"))).toBeUndefined();
  expect(strangersAt(root, file)).toBeUndefined();
});

test("what belongs to another user does not belong to this one", () => {
  const { root, file } = tree();
  const user = process.getuid?.();
  if (user === undefined || user === 0) return;
  jest.spyOn(process, "getuid").mockReturnValue(user + 1);
  expect(strangersAt(root, file)).toBe(`${root} belongs to another user`);
});

test("the cache is named by an absolute path, or else it is the usual one", () => {
  const usual = join(homedir(), ".cache");
  expect(userCache({ XDG_CACHE_HOME: "/cache", LOCALAPPDATA: "/local" })).toBe("/cache");
  expect(userCache({ XDG_CACHE_HOME: "cache", LOCALAPPDATA: "/local" })).toBe("/local");
  for (const path of ["", ".", "cache", "../cache"]) expect(userCache({ XDG_CACHE_HOME: path })).toBe(usual);
});
