// Pictures turned by chance while training.

import { tensor, type Value } from "@netwright/ir";
import {
  augmentationParts,
  drawnFor,
  endsOf,
  factorParam,
  factorProblem,
  pictureProblem,
} from "./augmentation.ts";
import { defineLayer, onNumbers } from "./layer.ts";
import { warped, warpParams } from "./warp.ts";

export const randomRotation = defineLayer({
  name: "random_rotation",
  doc: "While training turns each picture around its middle by a random part of a whole turn, counter-clockwise where it is above 0; when predicting nothing.",
  formula: "y[p] = x[m + R(2 pi f) (p - m)], f uniform, R the turn and m the middle",
  example: "random_rotation(0.05)",
  source: "Keras, `RandomRotation`",
  params: {
    factor: factorParam(
      "The greatest turn both ways, as part of a whole one; or the least and the greatest, as `[-0.1, 0.2]`.",
    ),
    ...warpParams,
  },
  output: onNumbers(
    (shape, { factor }) => pictureProblem("random_rotation", shape) ?? factorProblem({ factor }) ?? shape,
  ),
  parts: () => augmentationParts,
  random: () => true,
  build: (context, [x], { factor, ...args }) => {
    if (!context.training) return x;
    const { b } = context;
    const [, height = 1, width = 1] = x.type.shape;
    const places = tensor("f32", x.type.shape.slice(0, 3));
    const [low, high] = endsOf(factor);
    const angle = drawnFor(context, x, [2 * Math.PI * low, 2 * Math.PI * high]);
    const each = (value: Value) => b.broadcastInDim(value, places.shape, [0]);
    const [sine, cosine] = [each(b.sine(angle)), each(b.cosine(angle))];
    const from = (direction: number, size: number) => {
      const all = b.iota(places, direction);
      return b.subtract(all, b.like(all, (size - 1) / 2));
    };
    const [down, right] = [from(1, height), from(2, width)];
    const y = b.add(b.multiply(sine, right), b.multiply(cosine, down));
    const across = b.subtract(b.multiply(cosine, right), b.multiply(sine, down));
    return warped(
      b,
      x,
      b.add(y, b.like(y, (height - 1) / 2)),
      b.add(across, b.like(across, (width - 1) / 2)),
      args,
    );
  },
});
