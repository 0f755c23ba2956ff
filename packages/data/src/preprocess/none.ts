// No change of scale.

import type { Encoder } from "./encoder.ts";

export const none: Encoder<"none"> = {
  name: "none",
  doc: "Leaves the values as they are.",
  formula: "z = x",
  example: "scale: none",
  source: "scikit-learn, `FunctionTransformer` without a function",
  params: {},
  range: (contract) => contract,
  accepts: () => true,
  fit: () => ({}),
  read: () => ({}),
  apply: (_, x) => x,
  invert: (_, z) => z,
  steps: () => ({ apply: [], invert: [] }),
};
