// Yeo and Johnson's powers, by which a long tail becomes a short one, and then mean 0 and standard deviation 1.

import { summaryOf } from "./column-range.ts";
import {
  defineScaling,
  type EncoderParams,
  type NumberCoding,
  openScaling,
  type ScalingFormula,
} from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";
import { meanAndDeviation } from "./mean-and-deviation.ts";
import { likeliestPower, powerOf, valueOfPower } from "./yeo-johnson.ts";

const formula: ScalingFormula<{ readonly lambda: number; readonly mean: number; readonly std: number }> = {
  read({ lambda, mean, std }) {
    const isSound = isFiniteNumber(lambda) && isFiniteNumber(mean) && isFiniteNumber(std) && std > 0;
    return isSound ? { lambda, mean, std } : null;
  },
  apply: ({ lambda, mean, std }, x) => (powerOf(x, lambda) - mean) / std,
  invert: ({ lambda, mean, std }, z) => valueOfPower(z * std + mean, lambda),
  // They would need logarithms of f64.
  steps: () => null,
};

export const power = defineScaling<{
  readonly lambda: number;
  readonly mean: number;
  readonly std: number;
}>()({
  name: "power",
  doc: "Raises values of both signs to a power, chosen so that the training split is most like a normal distribution, and then scales as `zscore`. A constant column is left as it is and centred.",
  formula:
    "p = ((x + 1)^lambda - 1) / lambda for x >= 0, -((1 - x)^(2 - lambda) - 1) / (2 - lambda) else; z = (p - mean) / std",
  example: "columns { Age: number(scale: power) }",
  source: "Yeo, Johnson 2000; scikit-learn, `PowerTransformer`",
  params: {},
  range: () => ({ min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }),
  fit(pieces) {
    const { min, max } = summaryOf(pieces);
    const lambda = min === max ? 1 : likeliestPower(pieces);
    const raised = Array.from(pieces, (values) => values.map((x) => powerOf(x, lambda)));
    return { lambda, ...meanAndDeviation(raised) };
  },
  ...formula,
});

export function openPower(saved: EncoderParams): NumberCoding | null {
  return openScaling(formula, saved);
}
