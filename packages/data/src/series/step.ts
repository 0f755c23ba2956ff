// From one row of a series to the next: so many numbers or seconds, or so many months of the calendar.

import { at, float64At } from "@netwright/definitions";
import { DAY, dayOf, daysInMonth, daysOf } from "../dates/civil.ts";

/** `size` is in the unit of the column, of dates in seconds. */
export type Step = { readonly size: number } | { readonly months: number };

/** Of a step: by how much two numbers may differ that are written as the same. */
const TOLERANCE = 1e-6;

/** Whether `to` is so many steps behind `from`. */
export function isApart(step: Step, from: number, to: number, steps: number): boolean {
  if ("size" in step) return Math.abs(to - from - steps * step.size) <= TOLERANCE * step.size;
  return monthsBetween(from, to) === steps * step.months;
}

/**
 * The time so many steps behind the latest of `past`: times each a step apart, the latest first, at least one. Months keep the day
 * of theirs, or the last where a month has fewer; where the latest is the last day of its month, earlier ones say which it would be.
 */
export function stepsBehind(step: Step, past: readonly number[], steps: number): number {
  const from = at(past, 0);
  if ("size" in step) return from + steps * step.size;
  const { date, rest } = partsOf(from);
  const months = 12 * date.year + date.month - 1 + steps * step.months;
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  const day = Math.min(dayMeant(past), daysInMonth(year, month));
  return daysOf({ year, month, day }) * DAY + rest;
}

/** 31 where nothing but last days is known. */
function dayMeant(past: readonly number[]): number {
  for (const time of past) {
    const { date } = partsOf(time);
    if (!isMonthEnd(date)) return date.day;
  }
  return 31;
}

/**
 * Whole months between two dates on the same day of theirs, where the shorter month has its last for those that it lacks: from
 * 30 January to 28 February it is one, and to 30 March from there. Null for others.
 */
function monthsBetween(from: number, to: number): number | null {
  const [a, b] = [partsOf(from), partsOf(to)];
  const last = Math.min(lastDay(a.date), lastDay(b.date));
  if (Math.min(a.date.day, last) !== Math.min(b.date.day, last) || a.rest !== b.rest) return null;
  return 12 * (b.date.year - a.date.year) + b.date.month - a.date.month;
}

function isMonthEnd(date: ReturnType<typeof dayOf>): boolean {
  return date.day === lastDay(date);
}

function lastDay({ year, month }: ReturnType<typeof dayOf>): number {
  return daysInMonth(year, month);
}

function partsOf(seconds: number) {
  const days = Math.floor(seconds / DAY);
  return { date: dayOf(days), rest: seconds - days * DAY };
}

/** A step with the part of all pairs of neighbours that are it apart. */
interface Found {
  readonly step: Step;
  readonly share: number;
}

/**
 * The step that most neighbours are apart. `from` and `to` go together, `to` is later; null where there are none. Of dates months
 * are steps where as many of them are whole months apart as any number of seconds: from July to August, and from December to January,
 * are 31 days, and whoever has a month for each means months.
 */
export function foundStep(from: Float64Array, to: Float64Array, areDates: boolean): Found | null {
  if (from.length === 0) return null;
  const size = mostFrequent(to.map((time, i) => time - float64At(from, i)).sort());
  const bySize: Found = { step: { size: size.value }, share: size.count / from.length };
  if (!areDates) return bySize;
  const whole = [...to.keys()].flatMap((i) => monthsBetween(float64At(from, i), float64At(to, i)) ?? []);
  if (whole.length === 0) return bySize;
  const months = mostFrequent(Float64Array.from(whole).sort());
  const byMonths: Found = { step: { months: months.value }, share: months.count / from.length };
  return byMonths.share >= bySize.share ? byMonths : bySize;
}

/** Of ascending values that which most are, but for rounding: the least of several. */
function mostFrequent(values: Float64Array): { readonly value: number; readonly count: number } {
  let best = { value: at(values, 0), count: 0 };
  for (let start = 0; start < values.length; ) {
    const value = float64At(values, start);
    let end = start + 1;
    while (end < values.length && float64At(values, end) - value <= TOLERANCE * value) end++;
    if (end - start > best.count) best = { value, count: end - start };
    start = end;
  }
  return best;
}

const HOUR = 3600;

/** After how many steps the calendar comes round: a day of hours or minutes, a week of days, a year of weeks, months or quarters. */
export function seasonOf(step: Step): number | null {
  if ("months" in step) return step.months < 12 && 12 % step.months === 0 ? 12 / step.months : null;
  if (step.size === DAY) return 7;
  if (step.size === 7 * DAY) return 52;
  return step.size <= 12 * HOUR && DAY % step.size === 0 && step.size >= 60 ? DAY / step.size : null;
}

const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [7 * DAY, "week"],
  [DAY, "day"],
  [HOUR, "hour"],
  [60, "minute"],
];

/** "1 hour", "3 months", "0.5" */
export function stepPhrase(step: Step, areDates: boolean): string {
  const named = (count: number, name: string) => `${count} ${name}${count === 1 ? "" : "s"}`;
  if ("months" in step) {
    return step.months % 12 === 0 ? named(step.months / 12, "year") : named(step.months, "month");
  }
  if (!areDates) return String(Number(step.size.toPrecision(9)));
  const [seconds, name] = UNITS.find(([unit]) => step.size % unit === 0) ?? [1, "second"];
  return named(step.size / seconds, name);
}
