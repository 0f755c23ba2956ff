// Pictures shifted by chance while training.

import { tensor } from "@netwright/ir";
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

export const randomTranslation = defineLayer({
  name: "random_translation",
  doc: "While training shifts each picture down and to the right by random parts of its height and width; when predicting nothing.",
  formula: "y[row, column, c] = x[row - v height, column - h width, c], v and h uniform",
  example: "random_translation(0.1, 0.1)",
  source: "Keras, `RandomTranslation`",
  params: {
    height_factor: factorParam(
      "The greatest shift down and up, as part of the height; or the least and the greatest shift down, as `[-0.1, 0.2]`.",
    ),
    width_factor: factorParam("The same to the right and to the left, as part of the width."),
    ...warpParams,
  },
  output: onNumbers(
    (shape, { height_factor, width_factor }) =>
      pictureProblem("random_translation", shape) ?? factorProblem({ height_factor, width_factor }) ?? shape,
  ),
  parts: () => augmentationParts,
  random: () => true,
  build: (context, [x], { height_factor, width_factor, ...args }) => {
    if (!context.training) return x;
    const { b } = context;
    const places = tensor("f32", x.type.shape.slice(0, 3));
    const [, height = 1, width = 1] = x.type.shape;
    const shifted = (direction: number, size: number, factor: typeof height_factor) => {
      const [low, high] = endsOf(factor);
      const shift = drawnFor(context, x, [low * size, high * size]);
      return b.subtract(b.iota(places, direction), b.broadcastInDim(shift, places.shape, [0]));
    };
    const y = shifted(1, height, height_factor);
    return warped(b, x, y, shifted(2, width, width_factor), args);
  },
});
