// Stochastic gradient descent, with momentum. Source of the momentum forms: Sutskever et al. 2013, in the
// arrangement of Keras.

import { flag, real } from "@netwright/definitions";
import { decaying, defineOptimizer, learningRate, slotOf, weightDecay } from "./optimizer.ts";

export const sgd = defineOptimizer({
  name: "sgd",
  doc: "Stochastic gradient descent, optionally with momentum.",
  formula:
    "v = momentum * v - learning_rate * g; w = w + v; with nesterov, w = w + momentum * v - learning_rate * g",
  example: "optimizer: sgd(learning_rate: 0.01, momentum: 0.9)",
  source:
    'Sutskever et al. 2013, "On the Importance of Initialization and Momentum in Deep Learning"; arrangement as in Keras',
  params: {
    learning_rate: learningRate({ default: 0.01, usual: 10 }),
    momentum: real({ doc: "Share of the last step that is kept.", default: 0, min: 0, below: 1 }),
    nesterov: flag({ doc: "Look ahead along the momentum.", default: false }),
    weight_decay: weightDecay,
  },
  ...decaying,
  slots: ({ momentum }): Readonly<Record<string, number>> => (momentum === 0 ? {} : { velocity: 0 }),
  update: (b, inputs, { momentum, nesterov }) => {
    const { weight, gradient, rate } = inputs;
    const step = b.multiply(gradient, rate);
    if (momentum === 0) return { weight: b.subtract(weight, step), slots: [] };
    const keep = b.like(weight, momentum);
    const velocity = b.subtract(b.multiply(slotOf(inputs, 0), keep), step);
    const move = nesterov ? b.subtract(b.multiply(velocity, keep), step) : velocity;
    return { weight: b.add(weight, move), slots: [velocity] };
  },
});
