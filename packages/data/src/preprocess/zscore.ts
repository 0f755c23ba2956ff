// Standard score: mean 0 and standard deviation 1 on the training split.

import {
  defineScaling,
  type EncoderParams,
  type NumberCoding,
  openScaling,
  type ScalingFormula,
} from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";
import { meanAndDeviation } from "./mean-and-deviation.ts";
import { centredSteps } from "./scaling-step.ts";

const formula: ScalingFormula<{ readonly mean: number; readonly std: number }> = {
  read({ mean, std }) {
    return isFiniteNumber(mean) && isFiniteNumber(std) && std > 0 ? { mean, std } : null;
  },
  apply: ({ mean, std }, x) => (x - mean) / std,
  invert: ({ mean, std }, z) => z * std + mean,
  steps: ({ mean, std }) => centredSteps(mean, std),
};

export const zscore = defineScaling<{ readonly mean: number; readonly std: number }>()({
  name: "zscore",
  doc: "Subtracts the mean and divides by the standard deviation (of the population) of the training split.",
  formula: "z = (x - mean) / std",
  example: "scale: zscore",
  source: "scikit-learn, `StandardScaler`",
  params: {},
  // Of both signs whatever the values, and beyond 1 on one side at least.
  range: () => ({ min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }),
  fit: meanAndDeviation,
  ...formula,
});

export function openZscore(saved: EncoderParams): NumberCoding | null {
  return openScaling(formula, saved);
}
