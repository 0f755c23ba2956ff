// Median 0 and interquartile range 1 on the training split: a few extreme values change neither.

import { centreAndSpread } from "./centre-and-spread.ts";
import {
  defineScaling,
  type EncoderParams,
  type NumberCoding,
  openScaling,
  type ScalingFormula,
} from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";
import { centredSteps } from "./scaling-step.ts";

const formula: ScalingFormula<{ readonly median: number; readonly spread: number }> = {
  read({ median, spread }) {
    return isFiniteNumber(median) && isFiniteNumber(spread) && spread > 0 ? { median, spread } : null;
  },
  apply: ({ median, spread }, x) => (x - median) / spread,
  invert: ({ median, spread }, z) => z * spread + median,
  steps: ({ median, spread }) => centredSteps(median, spread),
};

export const robust = defineScaling<{ readonly median: number; readonly spread: number }>()({
  name: "robust",
  doc: "Subtracts the median and divides by the interquartile range of the training split, so that a few extreme values do not press all others together. Where that range is 0, it divides by half the distance from the least to the greatest value; a constant column is not divided.",
  formula: "z = (x - median) / (q75 - q25)",
  example: "scale: robust",
  source:
    "scikit-learn, `RobustScaler`, which does not divide where the range is 0; pytabkit divides as here",
  params: {},
  range: () => ({ min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }),
  fit(pieces) {
    const { centre, spread } = centreAndSpread(pieces);
    return { median: centre, spread: spread === 0 ? 1 : spread };
  },
  ...formula,
});

export function openRobust(saved: EncoderParams): NumberCoding | null {
  return openScaling(formula, saved);
}
