// Pictures mirrored by chance while training.

import { choice } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { augmentationParts, pictureProblem } from "./augmentation.ts";
import { defineLayer, type LayerContext, onNumbers } from "./layer.ts";

export const randomFlip = defineLayer({
  name: "random_flip",
  doc: "While training mirrors each picture with probability 1/2, left to right, upside down, or each of the two; when predicting nothing.",
  formula: "x[row, width - 1 - column, c] with probability 1/2, else x[row, column, c]",
  example: "random_flip(horizontal)",
  source: "Keras, `RandomFlip`",
  params: {
    mode: choice({
      doc: "Which way pictures are mirrored.",
      values: ["horizontal", "vertical", "horizontal_and_vertical"],
      default: "horizontal_and_vertical",
    }),
  },
  output: onNumbers((shape) => pictureProblem("random_flip", shape) ?? shape),
  parts: () => augmentationParts,
  random: () => true,
  build: (context, [x], { mode }) => {
    if (!context.training) return x;
    const across = mode === "vertical" ? x : flipped(context, x, WIDTH);
    return mode === "horizontal" ? across : flipped(context, across, HEIGHT);
  },
});

const [HEIGHT, WIDTH] = [1, 2];

function flipped({ b, uniform }: LayerContext, x: Value, direction: number): Value {
  const { shape } = x.type;
  const u = uniform([shape[0] ?? 1]);
  const isFlipped = b.broadcastInDim(b.compare(u, "LT", b.like(u, 0.5)), shape, [0]);
  return b.select(isFlipped, b.reverse(x, [direction]), x);
}
