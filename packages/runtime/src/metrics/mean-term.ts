// The mean over all numbers of a term of prediction and target.

import { float64At } from "@netwright/definitions";
import type { MetricView } from "./metric.ts";
import { weightOf } from "./row-weight.ts";

/** Over the elements for which `term` is a number, each counting as much as its row; `null` when there are none. */
export function meanTerm(view: MetricView, term: (p: number, t: number) => number | null): number | null {
  const { prediction, target, outputs } = view;
  let sum = 0;
  let terms = 0;
  for (let i = 0; i < target.length; i++) {
    const value = term(float64At(prediction, i), float64At(target, i));
    if (value === null) continue;
    const weight = weightOf(view, Math.floor(i / outputs));
    sum += weight * value;
    terms += weight;
  }
  return terms === 0 ? null : sum / terms;
}
