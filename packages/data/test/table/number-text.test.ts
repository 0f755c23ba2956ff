// Which cells are numbers.

import { describe, expect, test } from "@jest/globals";
import { numberHint, parseNumber } from "../../src/table/number-text.ts";

describe("parseNumber", () => {
  test.each([
    ["0", 0],
    ["-0", -0],
    ["+7", 7],
    ["12.", 12],
    [".5", 0.5],
    ["1e3", 1000],
    ["1E-3", 0.001],
    ["-2.5e+2", -250],
    ["  42\t", 42],
    ["007", 7],
    ["nan", Number.NaN],
    ["NaN", Number.NaN],
    ["Inf", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["1e999", Number.POSITIVE_INFINITY],
  ])("%j is %d", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test.each(["", " ", "\t"])("%j is missing", (text) => expect(parseNumber(text)).toBe("missing"));

  test.each([
    "0x1F",
    "0b1",
    "1_000",
    "1,5",
    "1 000",
    "1e",
    "e5",
    ".",
    "-",
    "--1",
    "12kg",
    "2024-01-31",
    "true",
    "NA",
  ])("%j is text", (text) => expect(parseNumber(text)).toBe("text"));
});

test.each([
  ["1,5", "`1.5` or `15`"],
  ["1,234.5", "without separators"],
  ["0x1F", "decimal or scientific"],
  ["N/A", "an empty cell"],
  ["?", "an empty cell"],
])("the hint for %j", (text, hint) => expect(numberHint(text)).toContain(hint));

test("no hint for plain text", () => expect(numberHint("abc")).toBe(""));
