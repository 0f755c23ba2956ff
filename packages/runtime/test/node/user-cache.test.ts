import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { makeOwnFolder } from "../../src/node/user-cache.ts";

const place = mkdtempSync(join(tmpdir(), "netwright-own-folder-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe("a folder of one's own", () => {
  test("is made with those above it, for nobody else", () => {
    const path = join(place, "a", "b", "c");
    makeOwnFolder(path);
    makeOwnFolder(path);
    for (const folder of [path, join(place, "a")]) {
      expect(statSync(folder).isDirectory()).toBe(true);
      if (process.platform !== "win32") expect(statSync(folder).mode & 0o777).toBe(0o700);
    }
  });

  test("is not made where a file has the place, or stands above it", () => {
    writeFileSync(join(place, "file"), "");
    expect(() => makeOwnFolder(join(place, "file"))).toThrow(/EEXIST/);
    expect(() => makeOwnFolder(join(place, "file", "below"))).toThrow(/EEXIST|ENOTDIR/);
  });

  (existsSync("/proc") ? test : test.skip)("is refused at once where nothing can be found nor made", () => {
    expect(() => makeOwnFolder("/proc/nothing/here")).toThrow(/ENOENT/);
  });
});

// What else makes folders below the user's cache goes the same way: the recursive form would never come back.
test("no source makes folders recursively", () => {
  const found = spawnSync(
    "git",
    ["grep", "-lE", "mkdir(Sync)?\\(.*recursive", "--", "packages/*/src", "apps/*/src"],
    {
      cwd: join(import.meta.dirname, "../../../.."),
      encoding: "utf8",
    },
  );
  expect(found.stdout).toBe("");
});
