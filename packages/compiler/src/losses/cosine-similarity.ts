// The cosine between what is predicted and the target, both taken as vectors: their direction alone counts.

import type { Builder, Value } from "@netwright/ir";
import { meanOfMembers, ofAllMembers } from "./average.ts";
import { defineLoss } from "./loss.ts";

/** What is shorter is divided by this, so that nothing has no direction: with it a slope is at most that of Keras. */
const SHORT = 1e-6;

export const cosineSimilarity = defineLoss({
  name: "cosine_similarity",
  doc:
    "For several columns that are a vector of which the direction matters and not the length: minus the cosine of the " +
    "angle to the target, -1 where they point the same way. The columns are not scaled, as that would turn them, so they " +
    "should have one unit. A prediction is a vector of length 1.",
  formula: "-sum(x t) / (|x| |t|), prediction x / |x|",
  example: "loss: cosine_similarity",
  source: "Keras, `CosineSimilarity`",
  params: {},
  target: "direction",
  width: ({ columns }) => (columns < 2 ? null : columns),
  conflict: (_, columns) =>
    columns < 2
      ? "is for the direction of several columns, and the target is one: for that there are losses of numbers, as `mse`"
      : null,
  link: ofLengthOne,
  average: (b, x, _, shares) =>
    meanOfMembers(b, b.reshape(ofLengthOne(b, ofAllMembers(b, x)), x.type.shape), shares),
  build: (b, x, target) => b.negate(b.sum(b.multiply(ofLengthOne(b, x), ofLengthOne(b, target)), [1])),
});

/** [rows x columns], each row divided by its length. */
function ofLengthOne(b: Builder, x: Value): Value {
  const { shape } = x.type;
  const over = (rows: Value) => b.broadcastInDim(rows, shape, [0]);
  // Squares of large numbers overflow and of small ones vanish. No gradient flows through what does not change the result.
  const largest = b.stopGradient(b.reduce(b.abs(x), "max", [1]));
  const sized = b.divide(x, over(b.maximum(largest, b.like(largest, SHORT))));
  const squared = b.sum(b.multiply(sized, sized), [1]);
  return b.divide(sized, over(b.sqrt(b.maximum(squared, b.like(squared, 1)))));
}
