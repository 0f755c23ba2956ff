// What a row counts in a metric, scikit-learn's `sample_weight`.

import { float64At } from "@netwright/definitions";
import type { MetricView } from "./metric.ts";

/** 1 where no row has a weight. */
export function weightOf({ weights = null }: MetricView, row: number): number {
  return weights === null ? 1 : float64At(weights, row);
}

export function totalWeight(view: MetricView): number {
  let total = 0;
  for (let row = 0; row < view.rows; row++) total += weightOf(view, row);
  return total;
}
