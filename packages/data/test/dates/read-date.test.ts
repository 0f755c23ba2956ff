// Cells as dates: the forms that are read, and what is wrong with others.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { FIRST_SECOND, LAST_SECOND } from "../../src/dates/civil.ts";
import { orderIn, readDate } from "../../src/dates/read-date.ts";
import { spellDate } from "../../src/dates/spell-date.ts";

const at = (text: string) => Date.parse(text) / 1000;

test.each([
  ["2024-05-31", "2024-05-31T00:00:00Z"],
  ["2024/5/31", "2024-05-31T00:00:00Z"],
  ["2024.05.31", "2024-05-31T00:00:00Z"],
  ["20240531", "2024-05-31T00:00:00Z"],
  ["0001-01-01", "0001-01-01T00:00:00Z"],
  ["2024-02-29", "2024-02-29T00:00:00Z"],
  ["2024-05-31T14:30", "2024-05-31T14:30:00Z"],
  ["2024-05-31 14:30:05", "2024-05-31T14:30:05Z"],
  ["2024-05-31t14:30:05.25z", "2024-05-31T14:30:05.250Z"],
  ["2024-05-31 14:30:05,5", "2024-05-31T14:30:05.500Z"],
  ["20240531T143005Z", "2024-05-31T14:30:05Z"],
  ["2024-05-31T01:30:00+02:00", "2024-05-30T23:30:00Z"],
  ["2024-05-31 14:30 -0330", "2024-05-31T18:00:00Z"],
  ["2024-05-31T14:30+05", "2024-05-31T09:30:00Z"],
  ["31/5/2024", "2024-05-31T00:00:00Z"],
  ["5-31-2024 08:00", "2024-05-31T08:00:00Z"],
  ["07.07.2024", "2024-07-07T00:00:00Z"],
])("%s", (cell, meant) => expect(readDate(cell, null)).toBe(at(meant)));

test("what stands last is the year, and what stands first as the format says", () => {
  expect(readDate("03/04/2024", "day_month_year")).toBe(at("2024-04-03"));
  expect(readDate("03/04/2024", "month_day_year")).toBe(at("2024-03-04"));
  // With the year first there is nothing to say.
  expect(readDate("2024-04-03", "month_day_year")).toBe(at("2024-04-03"));
});

test("a date that may be either says so", () => {
  expect(readDate("03/04/2024", null)).toMatchObject({
    code: "NW0654",
    says: "is `03/04/2024`, which may be 3 April 2024 or 4 March 2024",
    notes: [expect.stringMatching(/day_month_year.*month_day_year/), expect.anything()],
  });
});

test.each([
  ["2023-02-30", "February 2023 has 28 days"],
  ["2024-02-30", "February 2024 has 29 days"],
  ["1900-02-29", "February 1900 has 28 days"],
  ["31/04/2024", "April 2024 has 30 days"],
  ["2024-13-01", "there is no month 13"],
  ["2024-00-01", "there is no month 0"],
  ["2024-01-00", "January 2024 has 31 days"],
  ["0000-01-01", "the first year is 1"],
  ["2024-01-01T24:00", "there is no hour 24"],
  ["2024-01-01T23:60", "there is no minute 60"],
  ["2024-01-01T23:59:60", "there is no second 60"],
  ["2024-01-01T23:59+25:00", "there is no zone +25:00"],
])("%s is impossible", (cell, why) => {
  expect(readDate(cell, null)).toMatchObject({
    code: "NW0653",
    says: `is \`${cell}\`, which is no date: ${why}`,
  });
});

test.each([
  "",
  "soon",
  "2024",
  "2024-05",
  "31/05/24",
  "May 31, 2024",
  "2024-05/31",
  "2024-05-31T",
  "12:30",
  "2024-05-31X",
])("`%s` is no date", (cell) => {
  expect(readDate(cell, null)).toMatchObject({ code: "NW0653" });
});

test("two digits of a year are told as such", () => {
  expect(readDate("31/05/24", null)).toMatchObject({
    notes: ["The year is written with four digits.", expect.anything()],
  });
});

test("what is spelled is read again, and no text throws", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: FIRST_SECOND, max: LAST_SECOND }),
      (x) => readDate(spellDate(x), null) === x,
    ),
  );
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(null, "day_month_year" as const), (text, order) => {
      const read = readDate(text, order);
      return typeof read === "number" ? Number.isFinite(read) : read.says.length > 0;
    }),
  );
});

describe("the order that a column shows", () => {
  test("is that of a date that has one meaning", () => {
    expect(orderIn(["01/02/2024", "31/02/2024"])).toBe("day_month_year");
    expect(orderIn(["01/02/2024", "02/31/2024"])).toBe("month_day_year");
  });

  test("is none where each has two, or the year stands first", () => {
    expect(orderIn(["01/02/2024", "03/03/2024"])).toBeNull();
    expect(orderIn(["2024-01-31", "later"])).toBeNull();
  });

  test("is that of most where they contradict each other", () => {
    expect(orderIn(["31/01/2024", "01/31/2024", "01/30/2024"])).toBe("month_day_year");
  });
});
