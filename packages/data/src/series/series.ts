// The rows of a table as series: in the order of time, series by series, and which of them follow one another.

import { count, float64At, int32At, listed, percent, quote } from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";
import { groupsBy } from "../split/groups-by.ts";
import { columnNames, findColumn, rowPhrase, rowPlace, type Table } from "../table/table.ts";
import { upTo } from "../table/up-to.ts";
import { readTimes, timeKindOf } from "./read-times.ts";
import { foundStep, isApart, type Step, seasonOf, stepPhrase } from "./step.ts";
import type { SavedWindow, TimeKind, WindowPlan } from "./window-plan.ts";

export interface Series {
  /** All rows of the table: those of a series side by side, the earlier before the later. */
  readonly order: Int32Array;
  /** By place in that order: whether the row follows the one before it, in the same series and without a gap. */
  readonly follows: Uint8Array;
  /** By row of the table: the number of its series. */
  readonly groups: Int32Array;
  /** By row of the table: numbers, or of dates seconds since 1970. */
  readonly times: Float64Array;
}

export type SeriesResult =
  | { readonly series: Series; readonly window: SavedWindow }
  | { readonly problems: readonly DataProblem[] };

/** Of a training table: what is found out of its times is saved with the model. `described` is how `columns` has them. */
export function learnSeries(table: Table, plan: WindowPlan, described: TimeKind | null): SeriesResult {
  const column = findColumn(table, plan.order);
  if (column === undefined) throw new Error(`no column ${plan.order} among ${columnNames(table).join()}`);
  const time = timeKindOf(column, table, described);
  const sorted = sortRows(table, { ...plan, time });
  if ("problems" in sorted) return atWindow(sorted.problems);
  const { length, horizon, order, by, spacing } = plan;
  const common = { length, horizon, order, by, time };
  if (spacing === "rows") {
    const window: SavedWindow = { ...common, step: null, season: plan.season };
    return { series: joined(sorted, null), window };
  }
  const { from, to } = neighbours(sorted);
  const found = foundStep(from, to, time !== "number");
  if (found !== null && found.share < ENOUGH) return atWindow([noSpacing(plan, found, time !== "number")]);
  // Where no series has two rows, no window fits, which is told.
  const step: Step = found?.step ?? { size: 1 };
  const season = plan.season ?? (time === "number" ? null : seasonOf(step));
  return { series: joined(sorted, step), window: { ...common, step, season } };
}

/** Of new rows, as a model has learned of its own. The table has the columns. */
export function seriesOf(table: Table, window: SavedWindow): SeriesResult {
  const sorted = sortRows(table, window);
  return "problems" in sorted ? sorted : { series: joined(sorted, window.step), window };
}

/** Of all pairs of neighbours: so many at least are one step apart where rows are regular. */
const ENOUGH = 0.5;

type Sorted = Omit<Series, "follows">;

function sortRows(
  table: Table,
  { order: name, by, time }: Pick<SavedWindow, "order" | "by" | "time">,
): Sorted | { readonly problems: readonly DataProblem[] } {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`no column ${name} among ${columnNames(table).join()}`);
  const read = readTimes(table, column, time);
  if ("problem" in read) return { problems: [read.problem] };
  const { times } = read;
  const kept = upTo(table.rows);
  const rows = { table, kept, groups: kept, classes: null };
  const grouped =
    by.length === 0
      ? { groups: new Int32Array(table.rows) }
      : groupsBy(rows, by, { what: "window", needed: 0 });
  if ("problem" in grouped) return { problems: [grouped.problem] };
  const { groups } = grouped;
  const order = kept
    .slice()
    .sort(
      (a, b) => int32At(groups, a) - int32At(groups, b) || float64At(times, a) - float64At(times, b) || a - b,
    );
  const ties = tiesIn({ order, groups, times });
  return ties === null ? { order, groups, times } : { problems: [sameTime(table, ties, name, by)] };
}

interface Ties {
  readonly first: number;
  readonly second: number;
  readonly rows: number;
}

function tiesIn({ order, groups, times }: Sorted): Ties | null {
  let [firstPlace, rows] = [-1, 0];
  for (let place = 1; place < order.length; place++) {
    const [first, second] = [int32At(order, place - 1), int32At(order, place)];
    if (groups[first] !== groups[second] || times[first] !== times[second]) continue;
    if (rows === 0) firstPlace = place;
    rows++;
  }
  if (rows === 0) return null;
  return { first: int32At(order, firstPlace - 1), second: int32At(order, firstPlace), rows };
}

function sameTime(
  table: Table,
  { first, second, rows }: Ties,
  order: string,
  by: readonly string[],
): DataProblem {
  const of = by.length === 0 ? "" : ` of one series by ${listed(by.map(quote))}`;
  const message = `${capital(rowPhrase(table, first))} and ${rowPhrase(table, second)} of ${quote(table.name)} have the same time in ${quote(order)}${of}, and a series has one row for each.`;
  const notes = [
    ...(rows === 1 ? [] : [`So have ${count(rows - 1, "other row")} with the one before them.`]),
    by.length === 0
      ? "If the table has several series, `by` of `window` names the column that tells them apart."
      : "Name another column in `by` that tells these rows apart, or leave one of them out.",
  ];
  return error("NW0696", message, { notes, column: order, ...rowPlace(table, second) });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The times of rows of one series that are next to each other in time. */
function neighbours({ order, groups, times }: Sorted) {
  const [from, to]: [number[], number[]] = [[], []];
  for (let place = 1; place < order.length; place++) {
    const [before, row] = [int32At(order, place - 1), int32At(order, place)];
    if (groups[before] !== groups[row]) continue;
    from.push(float64At(times, before));
    to.push(float64At(times, row));
  }
  return { from: Float64Array.from(from), to: Float64Array.from(to) };
}

function joined({ order, groups, times }: Sorted, step: Step | null): Series {
  const follows = new Uint8Array(order.length);
  for (let place = 1; place < order.length; place++) {
    const [before, row] = [int32At(order, place - 1), int32At(order, place)];
    const isNext =
      groups[before] === groups[row] &&
      (step === null || isApart(step, float64At(times, before), float64At(times, row), 1));
    follows[place] = isNext ? 1 : 0;
  }
  return { order, follows, groups, times };
}

function noSpacing(
  { order }: WindowPlan,
  { step, share }: { readonly step: Step; readonly share: number },
  areDates: boolean,
): DataProblem {
  const most = percent(Number(share.toPrecision(2)));
  const message = `Rows are not regularly apart in ${quote(order)}: ${stepPhrase(step, areDates)} is more frequent than any other step, and only ${most} of rows are that far behind the one before.`;
  const notes = [
    "Where each row is the next step whenever it was, as with days of trade, say `spacing: rows` in `window`.",
    "If the table has several series, `by` of `window` names the column that tells them apart.",
  ];
  return error("NW0697", message, { notes, column: order });
}

function atWindow(problems: readonly DataProblem[]): { readonly problems: readonly DataProblem[] } {
  return { problems: problems.map((problem) => ({ ...problem, setting: "window" })) };
}

/**
 * The row of the table `steps` steps before the one at `place` of the order, though rows between them may be missing; -1 where
 * there is none.
 */
export function rowBefore(series: Series, place: number, steps: number, step: Step | null): number {
  const far = place - steps;
  if (isBehind(series, far, place, step)) return int32At(series.order, far);
  if (step === null) return -1;
  // Rows that are missing between bring it nearer.
  for (let other = Math.max(far, 0); other < place; other++)
    if (isTimeBehind(series, other, place, steps, step)) return int32At(series.order, other);
  return -1;
}

/** The same behind that place. */
export function rowAfter(series: Series, place: number, steps: number, step: Step | null): number {
  const far = place + steps;
  if (isBehind(series, place, far, step)) return int32At(series.order, far);
  if (step === null) return -1;
  const end = Math.min(far, series.order.length - 1);
  for (let other = place + 1; other <= end; other++)
    if (isTimeBehind(series, place, other, steps, step)) return int32At(series.order, other);
  return -1;
}

/**
 * Whether the place `to` is as many steps behind `from` as rows. Where each follows the one before it is, whatever their times are
 * together: months have a last day that may be another's 28th, and each step may be rounded.
 */
function isBehind(series: Series, from: number, to: number, step: Step | null): boolean {
  const { order, follows, groups } = series;
  if (from < 0 || to >= order.length || groups[int32At(order, from)] !== groups[int32At(order, to)])
    return false;
  if (step === null || isTimeBehind(series, from, to, to - from, step)) return true;
  for (let place = from + 1; place <= to; place++) if (follows[place] !== 1) return false;
  return true;
}

function isTimeBehind(
  { order, groups, times }: Series,
  from: number,
  to: number,
  steps: number,
  step: Step,
): boolean {
  const [earlier, later] = [int32At(order, from), int32At(order, to)];
  return (
    groups[earlier] === groups[later] &&
    isApart(step, float64At(times, earlier), float64At(times, later), steps)
  );
}

/** The times of the row at `place` and of those that it follows, the latest first: at most `most`. */
export function timesBefore({ order, follows, times }: Series, place: number, most: number): number[] {
  const found = [float64At(times, int32At(order, place))];
  for (let other = place; found.length < most && follows[other] === 1; other--)
    found.push(float64At(times, int32At(order, other - 1)));
  return found;
}
