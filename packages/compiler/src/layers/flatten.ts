// The flatten layer.

import { sizeOf } from "@netwright/ir";
import { defineLayer, plainParts } from "./layer.ts";

export const flatten = defineLayer({
  name: "flatten",
  doc: "Makes one dimension of all.",
  formula: "[a, b, c] becomes [a * b * c], in row-major order",
  example: "flatten",
  source: "Keras, `Flatten`",
  params: {},
  // Indices stay indices.
  output: ([type]) => ({ ...type, shape: [sizeOf(type.shape)] }),
  parts: () => plainParts,
  build: ({ b }, [x]) => {
    const [rows = 0, ...rest] = x.type.shape;
    return rest.length === 1 ? x : b.reshape(x, [rows, sizeOf(rest)]);
  },
});
