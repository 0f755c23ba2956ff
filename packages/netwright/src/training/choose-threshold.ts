// The threshold between two classes that a rule finds best.

import type { Cut, Threshold } from "@netwright/compiler";
import { type Args, float64At, int32At } from "@netwright/definitions";

export interface ScoredRows {
  /** [rows]: the probability of the second class. */
  readonly scores: Float64Array;
  /** [rows]: the number of the class. */
  readonly target: Float64Array;
  /** [rows]; null where all count the same. */
  readonly weights: Float64Array | null;
}

/**
 * Of all cuts that the rows tell apart the best; of several equally good ones that nearest to 0.5. It lies in the middle
 * between two scores, so that rows like those on either side fall on it. Null without rows, or where a score is no number.
 */
export function chooseThreshold(rule: Threshold, args: Args, rows: ScoredRows): number | null {
  let best: { readonly at: number; readonly value: number } | null = null;
  for (const { at, cut } of cutsOf(rows) ?? []) {
    const value = rule.value(cut, args);
    const nearer = best !== null && value === best.value && Math.abs(at - 0.5) < Math.abs(best.at - 0.5);
    if (best === null || value > best.value || nearer) best = { at, value };
  }
  return best?.at ?? null;
}

interface CutAt {
  readonly at: number;
  readonly cut: Cut;
}

/** From the highest threshold down. */
function cutsOf({ scores, target, weights }: ScoredRows): readonly CutAt[] | null {
  if (scores.length === 0 || scores.some(Number.isNaN)) return null;
  const order = Int32Array.from(scores.keys()).sort((a, b) => float64At(scores, b) - float64At(scores, a));
  const weightOf = (row: number) => (weights === null ? 1 : float64At(weights, row));
  let [positives, negatives] = [0, 0];
  for (const row of scores.keys()) {
    if (float64At(target, row) === 1) positives += weightOf(row);
    else negatives += weightOf(row);
  }
  let [truePositives, falsePositives] = [0, 0];
  const cuts: CutAt[] = [];
  const add = (at: number) =>
    cuts.push({
      at,
      cut: {
        truePositives,
        falsePositives,
        falseNegatives: positives - truePositives,
        trueNegatives: negatives - falsePositives,
      },
    });
  const highest = float64At(scores, int32At(order, 0));
  // At 1 a row that is certain is still predicted.
  if (highest < 1) add((highest + 1) / 2);
  for (const [i, row] of order.entries()) {
    if (float64At(target, row) === 1) truePositives += weightOf(row);
    else falsePositives += weightOf(row);
    const score = float64At(scores, row);
    const next = i + 1 < order.length ? float64At(scores, int32At(order, i + 1)) : 0;
    if (i + 1 < order.length && next === score) continue;
    add((score + next) / 2);
  }
  return cuts;
}
