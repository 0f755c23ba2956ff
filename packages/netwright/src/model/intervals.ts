// What the intervals beside the predictions of numbers are measured from.

import type { Intervals } from "@netwright/data";
import { float64At } from "@netwright/definitions";
import type { Decoded } from "@netwright/runtime";

/**
 * The ends of what is predicted for each row: the least and the greatest quantile, as in conformalised quantile regression
 * (Romano, Patterson, Candès 2019); elsewhere the one number is both.
 */
export function coreOf({ prediction, quantiles }: Pick<Decoded, "prediction" | "quantiles">): Intervals {
  if (quantiles == null) return { lower: prediction, upper: prediction };
  const { levels, values } = quantiles;
  const column = (of: number) => prediction.map((_, row) => float64At(values, row * levels.length + of));
  return { lower: column(0), upper: column(levels.length - 1) };
}
