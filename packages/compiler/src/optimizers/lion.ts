// Lion. Source: Chen et al. 2023; arrangement and defaults as in Keras.

import { real } from "@netwright/definitions";
import { decaying, defineOptimizer, learningRate, movingAverage, slotOf, weightDecay } from "./optimizer.ts";

export const lion = defineOptimizer({
  name: "lion",
  doc: "Steps of one size along the sign of the momentum: it keeps one number for each weight, and wants a smaller rate than adam.",
  formula:
    "w = w - learning_rate * sign(beta_1 m + (1 - beta_1) g); m = beta_2 m + (1 - beta_2) g; the sign of 0 is 0",
  example: "optimizer: lion(learning_rate: 1e-4, weight_decay: 0.1)",
  source: 'Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms"; defaults as in Keras',
  params: {
    learning_rate: learningRate({ default: 0.001, usual: 1 }),
    beta_1: real({ doc: "Share of the momentum in a step.", default: 0.9, min: 0, below: 1 }),
    beta_2: real({ doc: "Decay of the momentum.", default: 0.99, min: 0, below: 1 }),
    weight_decay: weightDecay,
  },
  ...decaying,
  slots: () => ({ m: 0 }),
  update: (b, inputs, { beta_1, beta_2 }) => {
    const { weight, gradient, rate } = inputs;
    const before = slotOf(inputs, 0);
    const along = b.unary("sign", movingAverage(b, before, gradient, beta_1));
    const m = movingAverage(b, before, gradient, beta_2);
    return { weight: b.subtract(weight, b.multiply(rate, along)), slots: [m] };
  },
});
