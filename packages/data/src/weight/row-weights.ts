// What each row counts: by a column of the table, or so that all classes count alike.

import { at, float64At, quote, type SplitName, splitNames } from "@netwright/definitions";
import type { NumberRule } from "../check/column-rule.ts";
import type { WeightRule } from "../fitted/fitted-encoders.ts";
import type { OpenEncoders } from "../fitted/open-encoders.ts";
import { error as errorPolicy } from "../missing/error.ts";
import { none } from "../preprocess/none.ts";
import { type DataProblem, error } from "../problem/problem.ts";

/** What is asked of a column of weights: numbers from 0 on, none of them missing. */
export function weightColumnRule(name: string, setting?: string): NumberRule {
  return {
    kind: "number",
    name,
    role: "weight",
    policy: errorPolicy,
    reading: null,
    encoder: none,
    contract: { unit: null, min: 0, max: null },
    ...(setting === undefined ? {} : { setting, policySetting: setting }),
  };
}

/** The column of weights; `null` where there is none. */
export function weightColumn(rule: WeightRule | null | undefined): string | null {
  return typeof rule === "object" && rule !== null ? rule.column : null;
}

/**
 * Of each class, so that together the rows of a class count as much in training as those of any other: the rows that each
 * class would have if all had the same, over those that it has. A class without training rows counts as without weights.
 * Source: scikit-learn, `compute_class_weight` with `balanced`.
 */
export function balancedWeights({ target }: Pick<OpenEncoders, "target">): readonly number[] | null {
  const [only] = target;
  if (only?.kind === "words" && only.coding.many !== undefined) return null;
  const counts = only?.kind === "words" ? only.fitted.seen?.counts : undefined;
  if (counts === undefined) return null;
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const classes = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 1 : rows / (classes * count)));
}

/** The mean of the weights of rows. */
export function meanWeight(weights: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < weights.length; row++) sum += float64At(weights, row);
  return sum / weights.length;
}

/** Of rows of these classes; 1 of a row whose class is not known. */
export function weightsOfClasses(byClass: readonly number[], classes: Float64Array): Float64Array {
  return classes.map((code) => (code < byClass.length ? at(byClass, code) : 1));
}

interface Weighted {
  readonly rowWeights?: Float64Array;
}

/** Splits in which no row counts: there would be nothing to learn from, or to measure by. */
export function weightless(column: string, splits: Readonly<Record<SplitName, Weighted>>): DataProblem[] {
  return splitNames.flatMap((name) =>
    weightlessRows(name, column, splits[name]).map((problem) => ({ ...problem, setting: "weight" })),
  );
}

/** The same of the rows that `name` stands for. */
export function weightlessRows(name: string, column: string | null, { rowWeights }: Weighted): DataProblem[] {
  if (column === null || rowWeights === undefined || rowWeights.length === 0) return [];
  if (rowWeights.some((weight) => weight > 0)) return [];
  return [
    error("NW0662", `Column ${quote(column)} weights all rows of ${quote(name)} with 0.`, {
      notes: ["Check that it is the column of weights; a row of weight 0 counts nothing."],
      column,
    }),
  ];
}
