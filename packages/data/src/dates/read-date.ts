// A cell as a date, with a time of day or without. No two meanings: where day and month may be either, it says so.

import { quote } from "@netwright/definitions";
import type { CellProblem } from "../reading/cell-reading.ts";
import { DAY, daysInMonth, daysOf, FIRST_YEAR } from "./civil.ts";

/** What stands first where the year stands last. */
export const dayOrders = ["day_month_year", "month_day_year"] as const;
export type DayOrder = (typeof dayOrders)[number];

/** 2024-05-31, 2024/5/31, 2024.05.31 */
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
/** 20240531 */
const BASIC = /^(\d{4})(\d{2})(\d{2})$/;
/** 31.05.2024, 5/31/2024, 31-5-2024 */
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
/** Behind the date: T or a blank, then hours and minutes, with seconds, a fraction and a zone or without. */
const TIME = /^(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** Three numbers of a date, as they stand. */
interface Written {
  readonly numbers: readonly [number, number, number];
  readonly yearFirst: boolean;
}

/**
 * Seconds since 1970-01-01T00:00:00; of a time with a zone, in UTC. Where the year stands last and `order` is null, a date
 * is read if it has one meaning.
 */
export function readDate(cell: string, order: DayOrder | null): number | CellProblem {
  const [date, time] = halves(cell);
  const written = numbersIn(date);
  if (written === null) return noDate(cell);
  const { numbers, yearFirst } = written;
  const [a, b, c] = numbers;
  if (yearFirst) return secondsOf(cell, a, b, c, time);
  const own = order ?? orderOf(a, b);
  if (own === null) return ambiguous(cell, a, b, c);
  return own === "day_month_year" ? secondsOf(cell, c, b, a, time) : secondsOf(cell, c, a, b, time);
}

/**
 * The order that the cells of a column show where the year stands last: that which more of them allow. Null where no cell
 * does, so that a cell with two meanings is told.
 */
export function orderIn(cells: readonly string[]): DayOrder | null {
  let [dayFirst, monthFirst] = [0, 0];
  for (const cell of cells) {
    const written = numbersIn(halves(cell)[0]);
    if (written === null || written.yearFirst) continue;
    const [a, b] = written.numbers;
    if (a > 12 && b <= 12) dayFirst++;
    if (b > 12 && a <= 12) monthFirst++;
  }
  if (dayFirst === 0 && monthFirst === 0) return null;
  return dayFirst >= monthFirst ? "day_month_year" : "month_day_year";
}

/** The order of one date: one of its numbers is no month, or both are the same. */
function orderOf(a: number, b: number): DayOrder | null {
  if (a > 12 || a === b) return "day_month_year";
  return b > 12 ? "month_day_year" : null;
}

/** Date and time; the time of a date alone is "". */
function halves(cell: string): readonly [date: string, time: string | null] {
  const end = cell.search(/[T ]/i);
  return end === -1 ? [cell, null] : [cell.slice(0, end), cell.slice(end + 1).trim()];
}

function numbersIn(date: string): Written | null {
  const yearFirst = YEAR_FIRST.exec(date);
  if (yearFirst !== null) return written([yearFirst[1], yearFirst[3], yearFirst[4]], true);
  const basic = BASIC.exec(date);
  if (basic !== null) return written([basic[1], basic[2], basic[3]], true);
  const yearLast = YEAR_LAST.exec(date);
  return yearLast === null ? null : written([yearLast[1], yearLast[3], yearLast[4]], false);
}

function written([a, b, c]: readonly (string | undefined)[], yearFirst: boolean): Written {
  return { numbers: [Number(a), Number(b), Number(c)], yearFirst };
}

function secondsOf(
  cell: string,
  year: number,
  month: number,
  day: number,
  time: string | null,
): number | CellProblem {
  if (year < FIRST_YEAR) return impossible(cell, "the first year is 1");
  if (month < 1 || month > 12) return impossible(cell, `there is no month ${month}`);
  const days = daysInMonth(year, month);
  if (day < 1 || day > days) return impossible(cell, `${MONTHS[month - 1]} ${year} has ${days} days`);
  const start = daysOf({ year, month, day }) * DAY;
  if (time === null) return start;
  const seconds = secondsIn(time);
  return typeof seconds === "number"
    ? start + seconds
    : seconds === "form"
      ? noDate(cell)
      : impossible(cell, seconds);
}

/** Seconds since midnight, in UTC; why there is no such time, or "form". */
function secondsIn(time: string): number | string {
  const found = TIME.exec(time);
  if (found === null) return "form";
  const [, hour = "", minute = "", second = "0", fraction = "0", zone = "Z"] = found;
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours > 23) return `there is no hour ${hours}`;
  if (minutes > 59) return `there is no minute ${minutes}`;
  if (seconds > 59) return `there is no second ${seconds}`;
  const shift = zoneIn(zone);
  if (shift === null) return `there is no zone ${zone}`;
  return hours * 3600 + minutes * 60 + seconds + Number(`0.${fraction}`) - shift;
}

/** Seconds east of UTC. */
function zoneIn(zone: string): number | null {
  if (/^z$/i.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(":", ""))];
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 3600 + minutes * 60);
}

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

const FORMS =
  "Taken are `2024-05-31`, `2024-05-31 14:30` and `2024-05-31T14:30:00.5+02:00`, and `31/05/2024` as `format` says.";

function noDate(cell: string): CellProblem {
  const short = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?!\d)/.test(cell);
  const notes = short ? ["The year is written with four digits.", FORMS] : [FORMS];
  return { code: "NW0653", says: `is ${quote(cell)}, which is no date that is read here`, notes };
}

function impossible(cell: string, why: string): CellProblem {
  return {
    code: "NW0653",
    says: `is ${quote(cell)}, which is no date: ${why}`,
    notes: ["Correct the date."],
  };
}

function ambiguous(cell: string, a: number, b: number, year: number): CellProblem {
  const meant = (day: number, month: number) => `${day} ${MONTHS[month - 1]} ${year}`;
  return {
    code: "NW0654",
    says: `is ${quote(cell)}, which may be ${meant(a, b)} or ${meant(b, a)}`,
    notes: [
      "Say which when training: `date(format: day_month_year)` or `date(format: month_day_year)`.",
      "A date with the year first, as `2024-05-31`, has one meaning.",
    ],
  };
}
