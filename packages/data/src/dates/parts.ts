// What a date consists of, as numbers, and which of them come round again.

import { DAY, dayOf, daysInMonth, daysInYear, daysOf, weekdayOf } from "./civil.ts";

export const dateParts = [
  "elapsed",
  "year",
  "month",
  "day",
  "weekday",
  "day_of_year",
  "hour",
  "minute",
  "second",
] as const;
export type DatePart = (typeof dateParts)[number];

/** All but the first are numbers of a calendar or a clock. */
export type CalendarPart = Exclude<DatePart, "elapsed">;

interface Reckoned {
  /** As people count: months from 1; weekdays from 0, which is Monday. */
  readonly number: number;
  /** How far around it is, from 0 to below 1; null where it does not come round. */
  readonly turn: number | null;
}

/** Of a date in seconds since 1970-01-01T00:00:00. */
export const partOf: { readonly [P in CalendarPart]: (seconds: number) => Reckoned } = {
  year: (seconds) => ({ number: dayOf(wholeDays(seconds)).year, turn: null }),
  month(seconds) {
    const { month } = dayOf(wholeDays(seconds));
    return { number: month, turn: (month - 1) / 12 };
  },
  day(seconds) {
    const { year, month, day } = dayOf(wholeDays(seconds));
    return { number: day, turn: (day - 1) / daysInMonth(year, month) };
  },
  weekday(seconds) {
    const weekday = weekdayOf(wholeDays(seconds));
    return { number: weekday, turn: weekday / 7 };
  },
  day_of_year(seconds) {
    const days = wholeDays(seconds);
    const { year } = dayOf(days);
    const before = days - daysOf({ year, month: 1, day: 1 });
    return { number: before + 1, turn: before / daysInYear(year) };
  },
  hour: (seconds) => clock(Math.floor(secondsOfDay(seconds) / 3600), 24),
  minute: (seconds) => clock(Math.floor(secondsOfDay(seconds) / 60) % 60, 60),
  second: (seconds) => clock(Math.floor(secondsOfDay(seconds)) % 60, 60),
};

/** Whether sine and cosine stand for it. */
export function comesRound(part: DatePart): part is CalendarPart {
  return part !== "elapsed" && part !== "year";
}

function clock(number: number, of: number): Reckoned {
  return { number, turn: number / of };
}

function wholeDays(seconds: number): number {
  return Math.floor(seconds / DAY);
}

function secondsOfDay(seconds: number): number {
  return seconds - wholeDays(seconds) * DAY;
}
