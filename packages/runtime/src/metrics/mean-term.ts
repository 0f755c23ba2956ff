// The mean over all numbers of a term of prediction and target.

import { float64At } from "@netwright/definitions";
import type { MetricView } from "./metric.ts";

/** Over the elements for which `term` is a number; `null` when there are none. */
export function meanTerm(
  { prediction, target }: MetricView,
  term: (p: number, t: number) => number | null,
): number | null {
  let sum = 0;
  let terms = 0;
  for (let i = 0; i < target.length; i++) {
    const value = term(float64At(prediction, i), float64At(target, i));
    if (value === null) continue;
    sum += value;
    terms++;
  }
  return terms === 0 ? null : sum / terms;
}
