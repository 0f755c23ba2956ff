// Plugins and wheels that a system would wait for, or end the process for, are told of.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { whyNotWhole } from "../../src/node/plugin/whole-library.ts";
import { libraryIn } from "../../src/node/setup/cpu-wheel.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-whole-"));

test.each(["linux", "darwin"].includes(process.platform) ? ["pipe"] : [])(
  "a %s is opened by nobody",
  (name) => {
    const path = join(folder, name);
    execFileSync("mkfifo", [path]);
    expect(whyNotWhole(path)).toBe("it is a pipe");
    expect(libraryIn(path)).toEqual({ reason: `${path} cannot be read: it is a pipe.` });
  },
);

test("nor is a folder", () => {
  expect(whyNotWhole(folder)).toBe("it is a directory");
  expect(libraryIn(folder)).toEqual({ reason: `${folder} cannot be read: it is a directory.` });
});

(process.platform === "linux" ? test : test.skip)(
  "a library that was cut short is known by its header",
  () => {
    expect(whyNotWhole(process.execPath)).toBeUndefined();
    const whole = readFileSync(process.execPath);
    for (const length of [10, 4096, whole.length - 1]) {
      const path = join(folder, `cut-${length}.so`);
      writeFileSync(path, whole.subarray(0, length));
      expect(whyNotWhole(path)).toBe("it is cut short");
    }
    const text = join(folder, "text.so");
    writeFileSync(text, "no library");
    // What it is, the system says.
    expect(whyNotWhole(text)).toBeUndefined();
  },
);
