// RMSprop. Source: Tieleman, Hinton 2012, lecture 6.5; arrangement and defaults as in Keras.

import { real } from "@netwright/definitions";
import { defineOptimizer, learningRate, movingAverage, slotOf } from "./optimizer.ts";

export const rmsprop = defineOptimizer({
  name: "rmsprop",
  doc: "Divides the gradient by a moving average of its size.",
  formula:
    "v = rho v + (1 - rho) g^2; s = learning_rate * g / sqrt(v + epsilon); w = w - s; " +
    "with momentum m = momentum * m + s, w = w - m",
  example: "optimizer: rmsprop(rho: 0.95)",
  source:
    'Tieleman, Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning"; arrangement and defaults as in Keras',
  params: {
    learning_rate: learningRate({ default: 0.001, usual: 1 }),
    rho: real({ doc: "Decay of the mean square.", default: 0.9, min: 0, below: 1 }),
    momentum: real({ doc: "Share of the last step that is kept.", default: 0, min: 0, below: 1 }),
    epsilon: real({ doc: "Keeps the division finite.", default: 1e-7, above: 0 }),
  },
  slots: ({ momentum }) => (momentum === 0 ? ["v"] : ["v", "velocity"]),
  update: (b, inputs, { rho, momentum, epsilon }) => {
    const { weight, gradient, rate } = inputs;
    const v = movingAverage(b, slotOf(inputs, 0), b.multiply(gradient, gradient), rho);
    const scaled = b.divide(gradient, b.sqrt(b.add(v, b.like(v, epsilon))));
    const step = b.multiply(scaled, rate);
    if (momentum === 0) return { weight: b.subtract(weight, step), slots: [v] };
    const velocity = b.add(b.multiply(slotOf(inputs, 1), b.like(weight, momentum)), step);
    return { weight: b.subtract(weight, velocity), slots: [v, velocity] };
  },
});
