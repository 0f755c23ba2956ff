// The reshape layer: the same numbers in other sizes.

import { integer, list, type Shape, type ShapeProblem } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { defineLayer, plainParts } from "./layer.ts";

export const reshape = defineLayer({
  name: "reshape",
  doc: "Gives the numbers of a row other sizes, in the same order.",
  formula: "x of [a, b] becomes [c, d] with c * d = a * b, in row-major order",
  example: "reshape([3, -1])",
  source: "Keras, `Reshape`",
  params: {
    target_shape: list(integer({ doc: "A size.", min: -1 }), {
      doc: "Sizes of a row; one may be -1, which then follows from the others.",
    }),
  },
  // Indices stay indices.
  output: ([type], { target_shape }) => {
    const shape = shapeFor(type.shape, target_shape);
    return "problem" in shape ? shape : { ...type, shape };
  },
  parts: () => plainParts,
  build: ({ b }, [x], { target_shape }) => {
    const [rows = 0, ...own] = x.type.shape;
    const shape = shapeFor(own, target_shape);
    if ("problem" in shape) throw new Error(shape.problem);
    return b.reshape(x, [rows, ...shape]);
  },
});

function shapeFor(shape: Shape, target: Shape): Shape | ShapeProblem {
  const count = sizeOf(shape);
  const stated = sizeOf(target.filter((size) => size !== -1));
  const open = target.filter((size) => size === -1).length;
  if (open > 1)
    return { problem: "reshape has more than one size -1, and only one can follow from the others" };
  const fits = open === 0 ? stated === count : stated > 0 && count % stated === 0;
  if (fits) return target.map((size) => (size === -1 ? count / stated : size));
  return {
    problem: `reshape makes [${target.join(", ")}] of ${count} numbers, which does not come out`,
    note: `Its input is [${shape.join(", ")}]; a size of -1 follows from the others.`,
  };
}
