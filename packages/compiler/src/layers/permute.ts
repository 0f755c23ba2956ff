// The permute layer: the sizes of a row in another order.

import { integer, list, type Shape } from "@netwright/definitions";
import { defineLayer, plainParts } from "./layer.ts";
import { sizeWords } from "./size-words.ts";

export const permute = defineLayer({
  name: "permute",
  doc: "Puts the sizes of a row into another order, as channels before steps.",
  formula: "y[.., i_dims[1], i_dims[2], ..] = x[.., i_1, i_2, ..]",
  example: "permute([2, 1])",
  source: "Keras, `Permute`",
  params: {
    dims: list(integer({ doc: "A size.", min: 1 }), {
      doc: "The sizes in their new order, each once, counted from 1: `[2, 1]` exchanges two.",
    }),
  },
  // Indices stay indices.
  output: ([type], { dims }) =>
    isOrder(dims, type.shape)
      ? { ...type, shape: dims.map((dimension) => type.shape[dimension - 1] ?? 1) }
      : {
          problem: `permute is given [${dims.join(", ")}], and its input has ${sizeWords(type.shape)}`,
          note: "`dims` names each size of a row once, counted from 1.",
        },
  parts: () => plainParts,
  build: ({ b }, [x], { dims }) => b.transpose(x, [0, ...dims]),
});

function isOrder(dims: readonly number[], shape: Shape): boolean {
  const sorted = [...dims].sort((a, b) => a - b);
  return sorted.length === shape.length && sorted.every((dimension, i) => dimension === i + 1);
}
