// What a spreadsheet would take for a formula becomes text, and numbers stay numbers.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { csvText } from "../../src/output/csv-text.ts";

test.each([
  ["=1+1", "'=1+1"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\tx", "'\tx"],
  ["\rx", '"\'\rx"'],
  [" =1", "' =1"],
  ["\u200b=1", "'\u200b=1"],
  ["＝1", "'＝1"],
  ["－1+2", "'－1+2"],
  ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ["-inf", "'-inf"],
  ["-", "'-"],
  ["--1", "'--1"],
  // Where the comma is the decimal sign, `;` or a tab separates the cells of a file.
  ["x;=1+1", "x;'=1+1"],
  [";\t@SUM(A1)", ";'\t'@SUM(A1)"],
  ["x\t=1", "x\t'=1"],
  ["=1;=2", "'=1;'=2"],
  ["x\n=1", '"x\n\'=1"'],
])("%j", (cell, written) => {
  expect(csvText([[cell]], true)).toBe(`${written}\n`);
  // Data for programs is what it is.
  expect(csvText([[cell]])).not.toContain(`'${cell}`);
});

test.each(["-1.5", "+3", "-1e-7", "-.5", "12", "0", "a=b", "a-b", "x@y", "", "'=1"])("%j stays", (cell) => {
  expect(csvText([[cell]], true)).toBe(`${cell}\n`);
});

test("no cell begins with a sign of a formula, whatever is in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (cell) => {
      const written = csvText([[cell]], true).replace(/^"/, "");
      if (/^[=+\-@\t\r]/.test(written)) expect(Number.isNaN(Number(written))).toBe(false);
    }),
  );
});
