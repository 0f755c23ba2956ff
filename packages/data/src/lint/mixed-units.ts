// A column in which some rows are in one unit and some in another, a thousand times as large: 1.2 (thousand) beside 1200.

import { float64At, grouped, quote } from "@netwright/definitions";
import { type DataProblem, warning } from "../problem/problem.ts";
import type { LintRule, UsedNumbers } from "./lint-rule.ts";

/** Rows on each side: fewer are odd values. */
const FEWEST = 5;
const LEAST_SHARE = 0.05;
/** Nothing lies between the two sides over this factor, and neither side is as wide. */
const GAP = 20;
/** How the middles of both sides compare where one is a thousand times the other. */
const THOUSAND = { least: 500, most: 2000 } as const;

export const mixedUnits: LintRule = ({ numbers, rows }) =>
  numbers.flatMap((column) => ofNumbers(column, rows.length));

function ofNumbers({ name, sorted }: UsedNumbers, rows: number): DataProblem[] {
  // Zeros are in any unit; negative numbers are no amounts.
  const first = sorted.findIndex((x) => x > 0);
  const positive = first < 0 ? sorted.subarray(0, 0) : sorted.subarray(first);
  // In one unit most columns are not so wide.
  if (positive.length < 2 * FEWEST || widthOf(positive) < THOUSAND.least) return [];
  const border = widestGap(positive);
  const [low, high] = [positive.subarray(0, border), positive.subarray(border)];
  const fewest = Math.max(FEWEST, LEAST_SHARE * rows);
  if (low.length < fewest || high.length < fewest) return [];
  const ends = (side: Float64Array) => [float64At(side, 0), float64At(side, side.length - 1)] as const;
  const middle = (side: Float64Array) => float64At(side, side.length >> 1);
  const [[lowest, below], [above, highest]] = [ends(low), ends(high)];
  if (above / below < GAP || below / lowest > GAP || highest / above > GAP) return [];
  const factor = middle(high) / middle(low);
  if (factor < THOUSAND.least || factor > THOUSAND.most) return [];
  const message = `Column ${quote(name)} is ${lowest} to ${below} in ${grouped(low.length)} training rows and ${above} to ${highest} in ${grouped(high.length)}, about a thousand times as much, and nothing between: two units may be mixed.`;
  const notes = [
    "Thousands may have been written as 1.2 in some rows and as 1200 in others, or 1,200 was read as 1.2: bring all rows to one unit.",
  ];
  return [warning("NW0684", message, { notes, column: name })];
}

/** Of numbers that are ascending. */
function widthOf(sorted: Float64Array): number {
  return float64At(sorted, sorted.length - 1) / float64At(sorted, 0);
}

/** The place behind the largest step, as a factor, from one number to the next; they are ascending and positive. */
function widestGap(sorted: Float64Array): number {
  let [border, widest] = [0, 0];
  for (let i = 1; i < sorted.length; i++) {
    const step = float64At(sorted, i) / float64At(sorted, i - 1);
    if (step > widest) [border, widest] = [i, step];
  }
  return border;
}
