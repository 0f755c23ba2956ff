// Standard score: mean 0 and standard deviation 1 on the training split.

import { rangeOf } from "./column-range.ts";
import { defineScaling } from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";

export const zscore = defineScaling<{ readonly mean: number; readonly std: number }>()({
  name: "zscore",
  doc: "Subtracts the mean and divides by the standard deviation (of the population) of the training split.",
  formula: "z = (x - mean) / std",
  example: "scale: zscore",
  source: "scikit-learn, `StandardScaler`",
  params: {},
  // Of both signs whatever the values, and beyond 1 on one side at least.
  range: () => ({ min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }),
  fit(pieces) {
    const { min, max } = rangeOf(pieces);
    // Rounding would give a constant column a mean slightly off and a tiny std: no division by that.
    if (min === max) return { mean: min, std: 1 };
    let [count, sum] = [0, 0];
    for (const values of pieces) {
      count += values.length;
      for (const x of values) sum += x;
    }
    const mean = sum / count;
    let squares = 0;
    for (const values of pieces) for (const x of values) squares += (x - mean) * (x - mean);
    const std = Math.sqrt(squares / count);
    // Differences near the smallest numbers square to 0.
    return { mean: mean + 0, std: std === 0 ? 1 : std };
  },
  read({ mean, std }) {
    return isFiniteNumber(mean) && isFiniteNumber(std) && std > 0 ? { mean, std } : null;
  },
  apply: ({ mean, std }, x) => (x - mean) / std,
  invert: ({ mean, std }, z) => z * std + mean,
  steps: ({ mean, std }) => ({
    apply: [
      { kind: "subtract", by: mean },
      { kind: "divide", by: std },
    ],
    invert: [
      { kind: "multiply", by: std },
      { kind: "add", by: mean },
    ],
  }),
});
