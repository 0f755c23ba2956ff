// RMSprop. Source: Tieleman, Hinton 2012, lecture 6.5; arrangement and defaults as in Keras.

import { flag, real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import {
  decaying,
  defineOptimizer,
  learningRate,
  movingAverage,
  slotOf,
  square,
  type UpdateInputs,
  weightDecay,
} from "./optimizer.ts";

export const rmsprop = defineOptimizer({
  name: "rmsprop",
  doc: "Divides the gradient by a moving average of its size.",
  formula:
    "v = rho v + (1 - rho) g^2; s = learning_rate * g / sqrt(v + epsilon); w = w - s; " +
    "with momentum m = momentum * m + s, w = w - m; " +
    "centered, with a = rho a + (1 - rho) g, v - a^2, at least 0, in place of v under the root",
  example: "optimizer: rmsprop(rho: 0.95)",
  source:
    'Tieleman, Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning"; arrangement and defaults as in Keras',
  params: {
    learning_rate: learningRate({ default: 0.001, usual: 1 }),
    rho: real({ doc: "Decay of the mean square.", default: 0.9, min: 0, below: 1 }),
    momentum: real({ doc: "Share of the last step that is kept.", default: 0, min: 0, below: 1 }),
    epsilon: real({ doc: "Keeps the division finite.", default: 1e-7, above: 0 }),
    centered: flag({
      doc: "Whether the size is that of the distance from the mean gradient, and not from 0.",
      default: false,
    }),
    weight_decay: weightDecay,
  },
  ...decaying,
  variants: ["centered", ...decaying.variants],
  slots: ({ momentum, centered }): Readonly<Record<string, number>> => ({
    v: 0,
    ...(momentum === 0 ? {} : { velocity: 0 }),
    ...(centered ? { mean: 0 } : {}),
  }),
  update: (b, inputs, { rho, momentum, epsilon, centered }) => {
    const { weight, gradient, rate } = inputs;
    const v = movingAverage(b, slotOf(inputs, 0), square(b, gradient), rho);
    const means = centered ? [meanGradient(b, inputs, rho, momentum)] : [];
    // Of gradients that stay the same it is 0, and rounding may bring it below.
    const spread = means.reduce(
      (size, mean) => b.maximum(b.subtract(size, square(b, mean)), b.like(v, 0)),
      v,
    );
    const scaled = b.divide(gradient, b.sqrt(b.add(spread, b.like(v, epsilon))));
    const step = b.multiply(scaled, rate);
    if (momentum === 0) return { weight: b.subtract(weight, step), slots: [v, ...means] };
    const velocity = b.add(b.multiply(slotOf(inputs, 1), b.like(weight, momentum)), step);
    return { weight: b.subtract(weight, velocity), slots: [v, velocity, ...means] };
  },
});

/** The last slot. */
function meanGradient(b: Builder, inputs: UpdateInputs, rho: number, momentum: number): Value {
  return movingAverage(b, slotOf(inputs, momentum === 0 ? 1 : 2), inputs.gradient, rho);
}
