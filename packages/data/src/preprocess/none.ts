// No change of scale.

import { defineScaling } from "./encoder.ts";

export const none = defineScaling<Readonly<Record<string, never>>>()({
  name: "none",
  doc: "Leaves the values as they are.",
  formula: "z = x",
  example: "scale: none",
  source: "scikit-learn, `FunctionTransformer` without a function",
  params: {},
  range: (contract) => contract,
  fit: () => ({}),
  read: () => ({}),
  apply: (_, x) => x,
  invert: (_, z) => z,
  steps: () => ({ apply: [], invert: [] }),
});
