// Adagrad. Source: Duchi, Hazan, Singer 2011; arrangement and defaults as in Keras.

import { real } from "@netwright/definitions";
import { decaying, defineOptimizer, learningRate, slotOf, square, weightDecay } from "./optimizer.ts";

export const adagrad = defineOptimizer({
  name: "adagrad",
  doc: "Divides the gradient by the root of the sum of its squares, so weights that move often move less.",
  formula: "a = a + g^2; w = w - learning_rate * g / sqrt(a + epsilon)",
  example: "optimizer: adagrad(learning_rate: 0.1)",
  source:
    'Duchi, Hazan, Singer 2011, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization"; arrangement ' +
    "and defaults as in Keras, where epsilon stands under the root; in PyTorch it stands beside it, and the sum starts at 0",
  params: {
    learning_rate: learningRate({ default: 0.001, usual: 10 }),
    initial_accumulator_value: real({ doc: "What the sum starts with.", default: 0.1, min: 0 }),
    epsilon: real({ doc: "Keeps the division finite.", default: 1e-7, above: 0 }),
    weight_decay: weightDecay,
  },
  ...decaying,
  slots: ({ initial_accumulator_value }) => ({ accumulator: initial_accumulator_value }),
  update: (b, inputs, { epsilon }) => {
    const { weight, gradient, rate } = inputs;
    const sum = b.add(slotOf(inputs, 0), square(b, gradient));
    const size = b.sqrt(b.add(sum, b.like(sum, epsilon)));
    const move = b.divide(b.multiply(rate, gradient), size);
    return { weight: b.subtract(weight, move), slots: [sum] };
  },
});
