// How many labels of a row are wrong.

import { float64At } from "@netwright/definitions";
import type { MetricView } from "./metric.ts";

export function wrongLabels({ outputs, prediction, target }: MetricView, row: number): number {
  let wrong = 0;
  for (let i = row * outputs; i < (row + 1) * outputs; i++)
    if (float64At(prediction, i) !== float64At(target, i)) wrong++;
  return wrong;
}
