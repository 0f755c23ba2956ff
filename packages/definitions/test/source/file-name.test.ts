// Names of files: what is one stays as it is, everything else becomes one.

import { describe, expect, test } from "@jest/globals";
import { fileNameOf, isFileName } from "@netwright/definitions";

describe("a name of a file", () => {
  test.each(["concrete", "Größe 2", "a.b", "a-1b2c", "模型", "👩‍👩‍👧", "نام‌ها", "console", "x".repeat(200)])(
    "is %s",
    (name) => {
      expect(isFileName(name)).toBe(true);
      expect(fileNameOf(name)).toBe(name);
    },
  );

  test.each([
    ["", "_"],
    [".", "_"],
    ["..", "__"],
    [".net", "_net"],
    ["../up", "_._up"],
    ["a\\b", "a_b"],
    ["c:\\x", "c__x"],
    ["a:stream", "a_stream"],
    ["two\nlines", "two_lines"],
    ["\u0000", "_"],
    ["\u001b[31mred", "_[31mred"],
    ["\u0085x", "_x"],
    ["gpj\u202eexe", "gpj_exe"],
    ["half \ud83d", "half _"],
    ["NUL", "NUL_"],
    ["con.txt", "con_.txt"],
    ["con .txt", "con_ .txt"],
    ["CONIN$", "CONIN$_"],
    ["a.", "a_"],
    ["a ", "a_"],
    ["a*b?c", "a_b_c"],
    ['<a|"b">', "_a__b__"],
    ["x".repeat(300), "x".repeat(200)],
    ["模".repeat(100), "模".repeat(66)],
  ])("is not %j, which becomes %j", (text, name) => {
    expect(isFileName(text)).toBe(false);
    expect(fileNameOf(text)).toBe(name);
    expect(isFileName(name)).toBe(true);
  });
});
