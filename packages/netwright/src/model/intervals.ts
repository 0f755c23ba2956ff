// What the intervals beside the predictions of numbers are measured from.

import type { Core } from "@netwright/data";
import { float64At } from "@netwright/definitions";
import type { Decoded } from "@netwright/runtime";

/**
 * The ends of what is predicted for each row: the least and the greatest quantile, as in conformalised quantile regression
 * (Romano, Patterson, Candès 2019); elsewhere the one number is both. Where there is a spread, widths go by it.
 */
export function coreOf({
  prediction,
  quantiles,
  spread = null,
}: Pick<Decoded, "prediction" | "quantiles" | "spread">): Core {
  if (quantiles == null) return { lower: prediction, upper: prediction, spread };
  const { levels, values } = quantiles;
  const column = (of: number) => prediction.map((_, row) => float64At(values, row * levels.length + of));
  return { lower: column(0), upper: column(levels.length - 1), spread };
}
