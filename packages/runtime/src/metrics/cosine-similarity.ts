// Whether predicted vectors point where the true ones do.

import { float64At } from "@netwright/definitions";
import { defineMetric } from "./metric.ts";
import { totalWeight, weightOf } from "./row-weight.ts";

export const cosineSimilarity = defineMetric({
  name: "cosine_similarity",
  title: "Cosine",
  doc:
    "The mean cosine of the angle between the predicted and the true vector: 1 where they point the same way, 0 at a right " +
    "angle, -1 the other way. A vector of zeros points nowhere and gives 0.",
  formula: "mean over rows of sum(p t) / (|p| |t|)",
  example: "test.cosine_similarity > 0.9",
  source: "Keras, `CosineSimilarity`; scikit-learn, `cosine_similarity`",
  params: {},
  tasks: ["direction"],
  unit: "none",
  better: "higher",
  range: { min: -1, max: 1 },
  shown: "always",
  compute(view) {
    const { rows, outputs, prediction, target } = view;
    if (rows === 0) return null;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const [p, t] = [prediction, target].map((all) => all.subarray(row * outputs, (row + 1) * outputs));
      if (p === undefined || t === undefined) continue;
      total += weightOf(view, row) * cosineOf(p, t);
    }
    return Math.min(Math.max(total / totalWeight(view), -1), 1);
  },
});

/** By vectors whose largest number is 1, as squares of large numbers overflow and of small ones vanish. */
function cosineOf(a: Float64Array, b: Float64Array): number {
  const [largestA, largestB] = [largestOf(a), largestOf(b)];
  if (largestA === 0 || largestB === 0) return 0;
  let [product, lengthA, lengthB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [float64At(a, i) / largestA, float64At(b, i) / largestB];
    product += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  return product / (Math.sqrt(lengthA) * Math.sqrt(lengthB));
}

function largestOf(vector: Float64Array): number {
  return vector.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
}
