// Batch normalisation over all dimensions but the last. Training normalises with mean and variance of the batch, and
// keeps moving ones, which are statistics of the layer: predictions use those.

import { flag, real } from "@netwright/definitions";
import { type Builder, sizeOf, type Value } from "@netwright/ir";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { constraint, initializer, regularizer, statistic, weight } from "./variables.ts";

export const batchNorm = defineLayer({
  name: "batch_norm",
  doc: "Gives each number the mean 0 and the variance 1 of the batch, then a scale and an offset that are learnt; predictions use moving averages of mean and variance.",
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
    center: flag({ doc: "Whether an offset is learnt.", default: true }),
    scale: flag({ doc: "Whether a scale is learnt.", default: true }),
    beta_initializer: initializer("Start values of the offset.", "zeros"),
    gamma_initializer: initializer("Start values of the scale.", "ones"),
    moving_mean_initializer: initializer("Start values of the moving mean.", "zeros"),
    moving_variance_initializer: initializer("Start values of the moving variance.", "ones"),
    beta_regularizer: regularizer("Penalty on the offset."),
    gamma_regularizer: regularizer("Penalty on the scale."),
    beta_constraint: constraint("What the offset is brought back to after every update."),
    gamma_constraint: constraint("What the scale is brought back to after every update."),
  },
  output: onNumbers((shape) =>
    shape.length === 0 ? { problem: "batch_norm needs at least one dimension" } : shape,
  ),
  parts: () => ({ ...apartParts, free: true, overRows: true }),
  variables: ([{ shape }], args) => {
    const size = shape.slice(-1);
    return [
      ...(args.scale
        ? [weight("gamma", size, args.gamma_initializer, args.gamma_regularizer, args.gamma_constraint)]
        : []),
      ...(args.center
        ? [weight("beta", size, args.beta_initializer, args.beta_regularizer, args.beta_constraint)]
        : []),
      statistic("moving_mean", size, args.moving_mean_initializer),
      statistic("moving_variance", size, args.moving_variance_initializer),
    ];
  },
  build: ({ b, training, variable, update }, [x], { momentum, epsilon, center, scale }) => {
    const { shape } = x.type;
    const last = shape.length - 1;
    const spread = (value: Value) => b.broadcastInDim(value, shape, [last]);
    const moving = { mean: variable("moving_mean"), variance: variable("moving_variance") };
    const { mean, variance } = training ? moments(b, x) : moving;
    if (training) {
      update("moving_mean", blend(b, moving.mean, mean, momentum));
      update("moving_variance", blend(b, moving.variance, variance, momentum));
    }
    const deviation = b.sqrt(b.add(variance, b.like(variance, epsilon)));
    const normal = b.divide(b.subtract(x, spread(mean)), spread(deviation));
    const scaled = scale ? b.multiply(normal, spread(variable("gamma"))) : normal;
    return center ? b.add(scaled, spread(variable("beta"))) : scaled;
  },
});

/** Mean and variance of each number of the last dimension. */
function moments(b: Builder, x: Value): { readonly mean: Value; readonly variance: Value } {
  const { shape } = x.type;
  const last = shape.length - 1;
  const others = shape.map((_, d) => d).slice(0, -1);
  const count = sizeOf(shape.slice(0, -1));
  const meanOf = (value: Value): Value => {
    const sum = b.sum(value, others);
    return b.divide(sum, b.like(sum, count));
  };
  const mean = meanOf(x);
  const centred = b.subtract(x, b.broadcastInDim(mean, shape, [last]));
  return { mean, variance: meanOf(b.multiply(centred, centred)) };
}

function blend(b: Builder, before: Value, now: Value, momentum: number): Value {
  return b.add(b.multiply(before, b.like(before, momentum)), b.multiply(now, b.like(now, 1 - momentum)));
}
