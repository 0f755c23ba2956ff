// A feature that alone gives the target in every row: mostly another form of the target, or something that is only known
// with it. What is left of the other features is then never learned.

import { float64At, grouped, int32At, quote } from "@netwright/definitions";
import { summaryOf } from "../preprocess/column-range.ts";
import { type DataProblem, warning } from "../problem/problem.ts";
import { type NumberColumn, presentIn, type TextColumn } from "../table/table.ts";
import type { LintRule, UsedColumn } from "./lint-rule.ts";

/** In fewer rows it may be chance. */
const FEWEST_ROWS = 30;
/** Of different numbers: fewer may go up together by chance. */
const FEWEST_NUMBERS = 20;
/** For each word, so that it is no chance that all of them have one class. */
const ROWS_A_WORD = 3;

export const givesAway: LintRule = ({ features, target, rows }) => {
  const [only, ...others] = target;
  // With one feature there is nothing else to learn from.
  if (only === undefined || others.length > 0 || features.length < 2) return [];
  return features.flatMap((feature): DataProblem[] => {
    const how = howGivesAway(feature.column, only.column, rows);
    if (how === null) return [];
    const message = `Column ${quote(feature.name)} gives ${quote(only.name)} away: ${how} in all of ${grouped(rows.length)} training rows.`;
    const notes = [
      "Is it known before the target is? Something that is measured with the target, or made from it, will not be there when the model is used: leave it out of `features`.",
      "If it is, keep it: nothing is wrong then, and training goes on with it as it is.",
    ];
    return [warning("NW0680", message, { notes, column: feature.name })];
  });
};

/** How `x` alone gives `y` in every one of `rows`, as a sentence goes on; `null` where it does not. */
export function howGivesAway(
  x: UsedColumn["column"],
  y: UsedColumn["column"],
  rows: Int32Array,
): string | null {
  if (rows.length < FEWEST_ROWS) return null;
  if (y.kind === "text") {
    return x.kind === "text" ? wordsToClass(x, y, rows) : numbersToClass(x, y, rows);
  }
  return x.kind === "number" ? numbersToNumbers(x, y, rows) : null;
}

function wordsToClass(x: TextColumn, y: TextColumn, rows: Int32Array): string | null {
  const classOf = new Map<number, number>();
  for (const row of rows) {
    const [word, own] = [int32At(x.codes, row), int32At(y.codes, row)];
    if ((classOf.get(word) ?? own) !== own) return null;
    classOf.set(word, own);
  }
  const classes = new Set(classOf.values()).size;
  return classes > 1 && rows.length >= ROWS_A_WORD * classOf.size ? "each of its words has one class" : null;
}

function hasGaps({ missing, gaps }: NumberColumn, rows: Int32Array): boolean {
  return gaps > 0 && rows.some((row) => missing[row] === 1);
}

/** In the order of the numbers each class is one run, with no number in two. */
function numbersToClass(x: NumberColumn, y: TextColumn, rows: Int32Array): string | null {
  if (hasGaps(x, rows)) return null;
  const byNumber = rows.slice().sort((a, b) => float64At(x.values, a) - float64At(x.values, b));
  const seen = new Set<number>();
  let [last, lastNumber] = [-1, Number.NaN];
  for (const row of byNumber) {
    const [own, number] = [int32At(y.codes, row), float64At(x.values, row)];
    if (own !== last && (number === lastNumber || seen.has(own))) return null;
    seen.add(own);
    [last, lastNumber] = [own, number];
  }
  return seen.size > 1 ? "each class has its own range of it" : null;
}

/** What one column is often another form of: another unit, a price for each and a number for a price, an area and a side. */
const FORMS: readonly (readonly [says: string, of: (x: number) => number])[] = [
  ["the one is the other in another unit", (x) => x],
  ["the one goes with 1 by the other", (x) => 1 / x],
  ["the one goes with the square of the other", (x) => x * x],
  ["the one goes with the square root of the other", Math.sqrt],
];

/** Of what is a line but for rounding. */
const CORRELATION = 1 - 1e-6;
/** The share of the squares that a line of that correlation leaves, and half as much again for the rounding of these sums. */
const LEFT_OVER = 3e-6;
/** So many tell nearly always that it is no line. */
const FIRST_ROWS = 16;

function numbersToNumbers(x: NumberColumn, y: NumberColumn, rows: Int32Array): string | null {
  if (hasGaps(x, rows) || hasGaps(y, rows)) return null;
  const numbers = presentIn(x, rows);
  if (!hasDifferent(numbers, FEWEST_NUMBERS)) return null;
  const targets = presentIn(y, rows);
  const all = centred(targets);
  const first = centred(targets.subarray(0, FIRST_ROWS));
  const form = FORMS.find(([, of]) => {
    const least = leftOver(centred(numbers.subarray(0, FIRST_ROWS).map(of)), first);
    if (least > LEFT_OVER * all.length ** 2) return false;
    return Math.abs(correlation(centred(numbers.map(of)), all)) > CORRELATION;
  });
  return form?.[0] ?? null;
}

/** The squares that the best line through these rows leaves: no line through more of them leaves less. */
function leftOver(x: Centred, y: Centred): number {
  return y.length ** 2 * (1 - correlation(x, y) ** 2);
}

function hasDifferent(numbers: Float64Array, least: number): boolean {
  const seen = new Set<number>();
  return numbers.some((x) => seen.add(x).size >= least);
}

interface Centred {
  /** From the mean. */
  readonly differences: Float64Array;
  /** The root of the sum of their squares. */
  readonly length: number;
}

function centred(numbers: Float64Array): Centred {
  const { mean } = summaryOf([numbers]);
  const differences = numbers.map((x) => x - mean);
  return { differences, length: Math.sqrt(product(differences, differences)) };
}

/** Pearson's r of two columns; NaN where one is constant or not finite. */
function correlation(x: Centred, y: Centred): number {
  return product(x.differences, y.differences) / x.length / y.length;
}

/** Of two vectors, in plain order. */
function product(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += float64At(x, i) * float64At(y, i);
  return sum;
}
