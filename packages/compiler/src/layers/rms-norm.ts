// Normalisation by the root of the mean square: layer normalisation without the mean and the offset.

import { real } from "@netwright/definitions";
import { axes, axisProblem, dimensionsOf, partsOver, placesOf, singleProblem } from "./axes.ts";
import { defineLayer, onNumbers } from "./layer.ts";
import { alongOthers, inverseDeviation, meanOver } from "./moments.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

export const rmsNorm = defineLayer({
  name: "rms_norm",
  doc: "Divides the numbers of each row, or of each of its places, by the root of their mean square, then multiplies with a scale that is learnt. It does what `layer_norm` does with less work, as it takes no mean away and has no offset.",
  formula: "scale x / sqrt(mean(x^2) + epsilon), the mean over axis of each row",
  example: "rms_norm",
  source: 'Keras, `RMSNormalization`; Zhang, Sennrich 2019, "Root Mean Square Layer Normalization"',
  params: {
    axis: axes("What the mean is over, which has a scale for each number"),
    epsilon: real({ doc: "Added to the mean square.", default: 1e-6, above: 0 }),
    scale_initializer: initializer("Start values of the scale.", "ones"),
    scale_regularizer: regularizer("Penalty on the scale."),
    scale_constraint: constraint("What the scale is brought back to after every update."),
  },
  output: onNumbers(
    (shape, { axis }) =>
      axisProblem("rms_norm", axis, shape) ??
      singleProblem("rms_norm", axis, shape, "only its sign would be left") ??
      shape,
  ),
  parts: ({ axis }) => ({ ...partsOver(axis), free: true, bends: true }),
  variables: ([{ shape }], args) => [
    weight(
      "scale",
      placesOf(args.axis, shape).map((place) => shape[place] ?? 1),
      args.scale_initializer,
      args.scale_regularizer,
      args.scale_constraint,
    ),
  ],
  build: ({ b, variable }, [x], args) => {
    const dimensions = dimensionsOf(args.axis, x.type.shape.slice(1));
    const inverse = inverseDeviation(b, meanOver(b, b.multiply(x, x), dimensions), args.epsilon);
    const normal = b.multiply(x, alongOthers(b, inverse, x, dimensions));
    return b.multiply(normal, b.broadcastInDim(variable("scale"), x.type.shape, dimensions));
  },
});
