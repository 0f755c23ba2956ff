// The repeat_vector layer: the numbers of a row at each step of a sequence.

import { integer } from "@netwright/definitions";
import { defineLayer, onNumbers, plainParts } from "./layer.ts";

export const repeatVector = defineLayer({
  name: "repeat_vector",
  doc: "Gives its input at each of several steps, as a decoder of sequences takes it.",
  formula: "y[t, i] = x[i]",
  example: "repeat_vector(3)",
  source: "Keras, `RepeatVector`",
  params: { n: integer({ doc: "Number of steps.", min: 1 }) },
  output: onNumbers((shape, { n }) =>
    shape.length === 1
      ? [n, ...shape]
      : {
          problem: `repeat_vector takes numbers without steps, and its input is [${shape.join(", ")}]`,
          note: "`flatten` makes one size of all.",
        },
  ),
  parts: () => plainParts,
  build: ({ b }, [x], { n }) => {
    const [rows = 0, width = 1] = x.type.shape;
    return b.broadcastInDim(x, [rows, n, width], [0, 2]);
  },
});
