// Noise that is added while training.

import { real } from "@netwright/definitions";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";

export const gaussianNoise = defineLayer({
  name: "gaussian_noise",
  doc: "While training adds a random number to each; when predicting nothing.",
  formula: "x + stddev * n, n standard normal",
  example: "gaussian_noise(0.1)",
  source: "Keras, `GaussianNoise`",
  params: { stddev: real({ doc: "Standard deviation of the noise.", min: 0 }) },
  output: onNumbers((shape) => shape),
  parts: ({ stddev }) => ({ ...apartParts, trainingOnly: stddev !== 0 }),
  random: ({ stddev }) => stddev !== 0,
  build: ({ b, training, normal }, [x], { stddev }) =>
    !training || stddev === 0 ? x : b.add(x, b.multiply(normal(x.type.shape), b.like(x, stddev))),
});
