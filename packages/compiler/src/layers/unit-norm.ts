// Numbers of length 1: each row, or each of its places, divided by its length.

import { axes, axisProblem, dimensionsOf, partsOver, singleProblem } from "./axes.ts";
import { defineLayer, onNumbers } from "./layer.ts";
import { alongOthers } from "./moments.ts";

/** The least length that is divided by; that of Keras. Its square is a float32 of full precision. */
const LEAST = 1e-12;

export const unitNorm = defineLayer({
  name: "unit_norm",
  doc: "Divides the numbers of each row, or of each of its places, by their length, so that only their direction is left. Nothing is learnt.",
  formula: "x / max(sqrt(sum(x^2)), 1e-12), the sum over axis of each row",
  example: "dense(8) -> unit_norm",
  source: "Keras, `UnitNormalization`",
  params: { axis: axes("What the sum is over") },
  output: onNumbers(
    (shape, { axis }) =>
      axisProblem("unit_norm", axis, shape) ??
      singleProblem("unit_norm", axis, shape, "only its sign would be left") ??
      shape,
  ),
  parts: ({ axis }) => ({ ...partsOver(axis), bends: true }),
  build: ({ b }, [x], { axis }) => {
    const dimensions = dimensionsOf(axis, x.type.shape.slice(1));
    const squares = b.sum(b.multiply(x, x), dimensions);
    // Below the root, so that the slope of a row of zeros is no division of 0 by 0.
    const length = b.sqrt(b.maximum(squares, b.like(squares, LEAST * LEAST)));
    const inverse = b.divide(b.like(length, 1), length);
    return b.multiply(x, alongOthers(b, inverse, x, dimensions));
  },
});
