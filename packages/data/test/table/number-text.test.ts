// Which cells are numbers.

import { describe, expect, test } from "@jest/globals";
import { missingWordList } from "../../src/index.ts";
import { numberHint } from "../../src/table/number-hint.ts";
import { numberReader, PLAIN_NUMBERS, parseNumber } from "../../src/table/number-text.ts";

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
    ["Inf", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["1e999", Number.POSITIVE_INFINITY],
  ])("%j is %d", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test.each(["", " ", "\t", "nan", "NaN", " NA ", "n/a", "NULL", "-", ".", "?", "#DIV/0!", "\\N", "-1.#IND"])(
    "%j is missing",
    (text) => expect(parseNumber(text)).toBe("missing"),
  );

  test.each([
    "0x1F",
    "0b1",
    "1_000",
    "1,5",
    "1 000",
    "1e",
    "e5",
    "--1",
    "12kg",
    "2024-01-31",
    "true",
    "NAN0",
    "unknown",
    "nan?",
    "----",
    "#",
  ])("%j is text", (text) => expect(parseNumber(text)).toBe("text"));
});

test.each(missingWordList)("%j is missing, in any case and between blanks", (word) => {
  for (const text of [word, word.toLowerCase(), word.toUpperCase(), ` ${word}\t`]) {
    expect(parseNumber(text)).toBe("missing");
  }
});

describe("numbers written in another way", () => {
  const comma = numberReader({ ...PLAIN_NUMBERS, decimal: "," });
  const german = numberReader({ decimal: ",", thousands: ".", missingWords: [] });
  const english = numberReader({ decimal: ".", thousands: ",", missingWords: [] });
  const swiss = numberReader({ decimal: ".", thousands: "'", missingWords: [] });
  const blank = numberReader({ decimal: ",", thousands: " ", missingWords: [] });

  test.each([
    [comma, "1,5", 1.5],
    [comma, "-,5e2", -50],
    [comma, "12", 12],
    [comma, "1.5", "text"],
    [comma, "1,5,5", "text"],
    [comma, "1.#QNAN", "missing"],
    [comma, "-1.#INF", Number.NEGATIVE_INFINITY],
    [german, "1.234.567,8", 1_234_567.8],
    [german, "1.5", "text"],
    [german, "1234,5", 1234.5],
    [german, "1.234,567", 1234.567],
    [german, "-1.234.567,891", -1_234_567.891],
    [english, "1,234", 1234],
    [english, "-12,345,678.25", -12_345_678.25],
    [english, "1,234e2", 123_400],
    [english, "1,234.567", 1234.567],
    [english, "12,345.678901", 12_345.678901],
    [english, "1,234,567.891", 1_234_567.891],
    [english, "1,234 567", "text"],
    [english, "1,23", "text"],
    [english, "1234,567", "text"],
    [english, "1,2345", "text"],
    [english, "1,234,56", "text"],
    [english, "1 234", "text"],
    [english, "0.5", 0.5],
    [swiss, "1'234'567.5", 1_234_567.5],
    [swiss, "1'234.567", 1234.567],
    [swiss, "1’234.567", 1234.567],
    [blank, "1 234,5", 1234.5],
    [blank, "1 234,567", 1234.567],
    [blank, "1\u00a0234\u00a0567", 1_234_567],
    [blank, "1\u202f234", 1234],
  ])("%p: %j is %p", (read, text, value) => expect(read(text)).toBe(value));

  test("stated words and numbers are missing, in that spelling or any of the same number", () => {
    const read = numberReader({ ...PLAIN_NUMBERS, missingWords: ["-999", "unknown", "1e30"] });
    for (const text of ["-999", "-999.0", "-9.99e2", "unknown", " unknown ", "1e30", "NA"]) {
      expect(read(text)).toBe("missing");
    }
    expect(read("Unknown")).toBe("text");
    expect(read("999")).toBe(999);
  });

  test("a long cell takes no longer for each of its characters", () => {
    const long = "1".repeat(2_000_000);
    for (const read of [parseNumber, comma, german, english, blank]) {
      for (const text of [
        `${long}x`,
        `${long}.${long}x`,
        `${long},${long}x`,
        "1,111".repeat(400_000),
        `${",111".repeat(400_000)}x`,
      ]) {
        expect(read(text)).toBe("text");
        expect(numberHint(text).length).toBeLessThan(4_500_000);
      }
    }
  }, 4_000);
});

test.each([
  ["1,5", 'decimal: ","'],
  ["1,234", 'thousands: ","` or `decimal: ","'],
  ["1,234.5", 'thousands: ","'],
  ["1 234", 'thousands: " "'],
  ["1\u202f234,5", 'thousands: " "'],
  ["1'234", 'thousands: "\'"'],
  ["1_234", "without separators"],
  ["0x1F", "decimal or scientific"],
  ["12 kg", "unit"],
  ["75 m2", "unit"],
  ["3.5km/h", "unit"],
  ["45%", "percentage"],
  ["5m", "unit"],
  ["20 °C", "unit"],
  ["$3", "currency"],
  ["3 €", "currency"],
  ["<0.5", "bound"],
  ["≥ 3", "bound"],
  ["unknown", 'missing_words: ["unknown"]'],
])("the hint for %j", (text, hint) => expect(numberHint(text)).toContain(hint));

test.each(["abc", "2024-01-31", "31.01.2024", "1.2.24", "2024.1.31", "12:30", "A12", "171a", "+"])(
  "no hint for %j",
  (text) => expect(numberHint(text)).toBe(""),
);
