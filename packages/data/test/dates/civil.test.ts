// The calendar, against the one of the engine, which is proleptic and Gregorian as well.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  DAY,
  dayOf,
  daysInMonth,
  daysInYear,
  daysOf,
  FIRST_SECOND,
  LAST_SECOND,
  weekdayOf,
} from "../../src/dates/civil.ts";
import { dateParts, partOf } from "../../src/dates/parts.ts";
import { spellDate } from "../../src/dates/spell-date.ts";

const seconds = fc.integer({ min: FIRST_SECOND, max: LAST_SECOND });

test("every date has its day, and every day its date", () => {
  fc.assert(
    fc.property(seconds, (x) => {
      const days = Math.floor(x / DAY);
      const date = new Date(x * 1000);
      const day = dayOf(days);
      expect(day).toEqual({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      });
      expect(daysOf(day)).toBe(days);
      expect(weekdayOf(days)).toBe((date.getUTCDay() + 6) % 7);
    }),
    { numRuns: 300 },
  );
});

test("years that end a century are leap years if 400 divides them", () => {
  expect([1900, 2000, 2023, 2024, 2100, 4].map((year) => daysInMonth(year, 2))).toEqual([
    28, 29, 28, 29, 28, 29,
  ]);
  expect([1900, 2000].map(daysInYear)).toEqual([365, 366]);
  expect(daysOf({ year: 2000, month: 3, day: 1 }) - daysOf({ year: 2000, month: 2, day: 28 })).toBe(2);
});

test("the parts of a date", () => {
  const noon = Date.UTC(2024, 1, 29, 12, 30, 15) / 1000 + 0.5;
  const of = Object.fromEntries(
    dateParts.flatMap((part) => (part === "elapsed" ? [] : [[part, partOf[part](noon)]])),
  );
  expect(of).toEqual({
    year: { number: 2024, turn: null },
    month: { number: 2, turn: 1 / 12 },
    day: { number: 29, turn: 28 / 29 },
    weekday: { number: 3, turn: 3 / 7 },
    day_of_year: { number: 60, turn: 59 / 366 },
    hour: { number: 12, turn: 0.5 },
    minute: { number: 30, turn: 0.5 },
    second: { number: 15, turn: 0.25 },
  });
});

test("dates are spelled as ISO 8601 has them", () => {
  const spelled = (text: string) => spellDate(Date.parse(text) / 1000);
  for (const text of ["2024-05-31", "0001-01-01", "1969-12-31", "9999-12-31"])
    expect(spelled(text)).toBe(text);
  expect(spelled("2024-05-31T14:30:05Z")).toBe("2024-05-31T14:30:05");
  expect(spelled("1969-12-31T23:59:59.250Z")).toBe("1969-12-31T23:59:59.250");
  expect(spellDate(Number.NaN)).toBe("NaN");
  expect(spellDate(1e300)).toBe("1e+300");
});
