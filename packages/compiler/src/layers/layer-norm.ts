// Layer normalisation: each row by itself, over one size or several. No row changes what another gives, and training
// and predicting do the same.

import { real } from "@netwright/definitions";
import { axes, axisProblem, dimensionsOf, partsOver, placesOf, singleProblem } from "./axes.ts";
import { defineLayer, onNumbers } from "./layer.ts";
import { alongOthers, inverseDeviation, momentsOver } from "./moments.ts";
import { scaleAndOffset, scaleAndOffsetParams, scaledAndOffset } from "./scale-and-offset.ts";

export const layerNorm = defineLayer({
  name: "layer_norm",
  doc: "Gives the numbers of each row, or of each of its places, the mean 0 and the variance 1, then a scale and an offset that are learnt. Rows do not depend on each other, so that predictions are made as in training.",
  formula: "gamma (x - mean) / sqrt(variance + epsilon) + beta, mean and variance over axis of each row",
  example: "layer_norm",
  source: 'Keras, `LayerNormalization`; Ba, Kiros, Hinton 2016, "Layer Normalization"',
  params: {
    axis: axes("What mean and variance are over, which has a scale and an offset for each number"),
    epsilon: real({ doc: "Added to the variance.", default: 0.001, above: 0 }),
    ...scaleAndOffsetParams,
  },
  output: onNumbers(
    (shape, { axis }) =>
      axisProblem("layer_norm", axis, shape) ??
      singleProblem("layer_norm", axis, shape, "less its mean it is always 0") ??
      shape,
  ),
  parts: ({ axis }) => ({ ...partsOver(axis), free: true, bends: true }),
  variables: ([{ shape }], args) =>
    scaleAndOffset(
      placesOf(args.axis, shape).map((place) => shape[place] ?? 1),
      args,
    ),
  build: (context, [x], args) => {
    const { b } = context;
    const dimensions = dimensionsOf(args.axis, x.type.shape.slice(1));
    const { variance, centred } = momentsOver(b, x, dimensions);
    const inverse = inverseDeviation(b, variance, args.epsilon);
    const normal = b.multiply(centred, alongOthers(b, inverse, x, dimensions));
    return scaledAndOffset(context, normal, dimensions, args);
  },
});
