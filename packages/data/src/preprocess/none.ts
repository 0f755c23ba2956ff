// No change of scale.

import {
  defineScaling,
  type EncoderParams,
  type NumberCoding,
  openScaling,
  type ScalingFormula,
} from "./encoder.ts";

const formula: ScalingFormula<Readonly<Record<string, never>>> = {
  read: () => ({}),
  apply: (_, x) => x,
  invert: (_, z) => z,
  steps: () => ({ apply: [], invert: [] }),
};

export const none = defineScaling<Readonly<Record<string, never>>>()({
  name: "none",
  doc: "Leaves the values as they are.",
  formula: "z = x",
  example: "scale: none",
  source: "scikit-learn, `FunctionTransformer` without a function",
  params: {},
  range: (contract) => contract,
  fit: () => ({}),
  ...formula,
});

export function openNone(saved: EncoderParams): NumberCoding | null {
  return openScaling(formula, saved);
}
