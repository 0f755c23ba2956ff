// Batch normalisation over all dimensions but one. Training normalises with mean and variance of the batch, and
// keeps moving ones, which are statistics of the layer: predictions use those.

import { real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { axis, axisProblem, dimensionsOf, placesOf } from "./axes.ts";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { momentsOver } from "./moments.ts";
import { scaleAndOffset, scaleAndOffsetParams, scaledAndOffset } from "./scale-and-offset.ts";
import { initializer, statistic } from "./variables.ts";

export const batchNorm = defineLayer({
  name: "batch_norm",
  doc: "Gives each number the mean 0 and the variance 1 of the batch, then a scale and an offset that are learnt; predictions use moving averages of mean and variance. Steps that are padding do not count.",
  formula: "gamma (x - mean) / sqrt(variance + epsilon) + beta",
  example: "batch_norm",
  source:
    'Keras, `BatchNormalization`; Ioffe, Szegedy 2015, "Batch Normalization: Accelerating Deep Network Training"',
  params: {
    momentum: real({
      doc: "Share of the moving averages that stays at a step.",
      default: 0.99,
      min: 0,
      max: 1,
    }),
    epsilon: real({ doc: "Added to the variance.", default: 0.001, above: 0 }),
    ...scaleAndOffsetParams,
    moving_mean_initializer: initializer("Start values of the moving mean.", "zeros"),
    moving_variance_initializer: initializer("Start values of the moving variance.", "ones"),
    axis: axis("The size of which each place has a mean, a variance, a scale and an offset of its own"),
  },
  output: onNumbers((shape, args) => axisProblem("batch_norm", args.axis, shape) ?? shape),
  parts: () => ({ ...apartParts, free: true, overRows: true, padding: "heeds and keeps" }),
  variables: ([{ shape }], args) => {
    const size = placesOf(args.axis, shape).map((place) => shape[place] ?? 1);
    return [
      ...scaleAndOffset(size, args),
      statistic("moving_mean", size, args.moving_mean_initializer),
      statistic("moving_variance", size, args.moving_variance_initializer),
    ];
  },
  build: (context, [x], args) => {
    const {
      b,
      masks: [mask],
      training,
      variable,
      update,
    } = context;
    const { shape } = x.type;
    const own = dimensionsOf(args.axis, shape.slice(1));
    const others = shape.map((_, d) => d).filter((d) => !own.includes(d));
    const spread = (value: Value) => b.broadcastInDim(value, shape, own);
    const moving = { mean: variable("moving_mean"), variance: variable("moving_variance") };
    const { mean, variance } = training ? momentsOver(b, x, others, mask) : moving;
    if (training) {
      update("moving_mean", blend(b, moving.mean, mean, args.momentum));
      update("moving_variance", blend(b, moving.variance, variance, args.momentum));
    }
    const deviation = b.sqrt(b.add(variance, b.like(variance, args.epsilon)));
    const normal = b.divide(b.subtract(x, spread(mean)), spread(deviation));
    return scaledAndOffset(context, normal, own, args);
  },
});

function blend(b: Builder, before: Value, now: Value, momentum: number): Value {
  return b.add(b.multiply(before, b.like(before, momentum)), b.multiply(now, b.like(now, 1 - momentum)));
}
