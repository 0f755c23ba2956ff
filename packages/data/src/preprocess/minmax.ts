// To the unit interval: 0 for the least and 1 for the greatest value of the training split.

import { summaryOf } from "./column-range.ts";
import {
  defineScaling,
  type EncoderParams,
  type NumberCoding,
  openScaling,
  type ScalingFormula,
} from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";
import { centredSteps } from "./scaling-step.ts";

const formula: ScalingFormula<{ readonly min: number; readonly range: number }> = {
  read({ min, range }) {
    return isFiniteNumber(min) && isFiniteNumber(range) && range > 0 ? { min, range } : null;
  },
  apply: ({ min, range }, x) => (x - min) / range,
  invert: ({ min, range }, z) => z * range + min,
  steps: ({ min, range }) => centredSteps(min, range),
};

export const minmax = defineScaling<{ readonly min: number; readonly range: number }>()({
  name: "minmax",
  doc: "Maps the least value of the training split to 0 and the greatest to 1; others may fall outside.",
  formula: "z = (x - min) / (max - min)",
  example: "scale: minmax",
  source: "scikit-learn, `MinMaxScaler`",
  params: {},
  range: () => ({ min: 0, max: 1 }),
  fit(pieces) {
    const { min, max } = summaryOf(pieces);
    return { min, range: max === min ? 1 : max - min };
  },
  ...formula,
});

export function openMinmax(saved: EncoderParams): NumberCoding | null {
  return openScaling(formula, saved);
}
