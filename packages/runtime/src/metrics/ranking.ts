// Rows in the order of the score that a class has in them: what ROC AUC and average precision look at.

import { float64At } from "@netwright/definitions";
import type { MetricView } from "./metric.ts";
import { weightOf } from "./row-weight.ts";

/** Rows of one score, from the highest score down. */
export interface Tie {
  readonly positives: number;
  readonly negatives: number;
}

/** Of the rows `among`, `isPositive` tells one of the class. Null where a score is not a number. */
export function ranked(
  view: MetricView,
  one: number,
  among: Iterable<number>,
  isPositive: (row: number) => boolean,
): readonly Tie[] | null {
  const { rows, scores } = view;
  if (scores === null) return null;
  const classes = scores.length / rows;
  const kept = [...among];
  const score = (row: number): number => float64At(scores, row * classes + one);
  if (kept.some((row) => Number.isNaN(score(row)))) return null;
  kept.sort((a, b) => score(b) - score(a));
  const ties: { positives: number; negatives: number }[] = [];
  let before = Number.NaN;
  for (const row of kept) {
    if (score(row) !== before) ties.push({ positives: 0, negatives: 0 });
    before = score(row);
    const tie = ties.at(-1);
    if (tie === undefined) continue;
    if (isPositive(row)) tie.positives += weightOf(view, row);
    else tie.negatives += weightOf(view, row);
  }
  return ties;
}

/** Mann and Whitney's: the chance that a positive row has the higher score; half for equal ones. Null without both. */
export function areaUnderRoc(ties: readonly Tie[]): number | null {
  let [area, positives, negatives] = [0, 0, 0];
  for (const tie of ties) {
    area += tie.negatives * (positives + tie.positives / 2);
    positives += tie.positives;
    negatives += tie.negatives;
  }
  return positives === 0 || negatives === 0 ? null : area / (positives * negatives);
}

/** The mean of the precision at each step in recall; 0 without positives. */
export function averagePrecisionOf(ties: readonly Tie[]): number {
  let [area, positives, seen] = [0, 0, 0];
  for (const tie of ties) {
    positives += tie.positives;
    seen += tie.positives + tie.negatives;
    // Rows that count nothing may stand in front.
    if (seen > 0) area += (tie.positives * positives) / seen;
  }
  return positives === 0 ? 0 : area / positives;
}

/** All rows by the score of one class: its own against the others. Null where a score is not a number. */
export function againstRest(view: MetricView, one: number): readonly Tie[] | null {
  return ranked(view, one, view.target.keys(), (row) => float64At(view.target, row) === one);
}
