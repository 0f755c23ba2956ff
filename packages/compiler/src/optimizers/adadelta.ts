// Adadelta. Source: Zeiler 2012; arrangement and defaults as in Keras.

import { real } from "@netwright/definitions";
import {
  decaying,
  defineOptimizer,
  learningRate,
  movingAverage,
  slotOf,
  square,
  weightDecay,
} from "./optimizer.ts";

export const adadelta = defineOptimizer({
  name: "adadelta",
  doc: "Steps of the size of the last steps, by the size of the gradient.",
  formula:
    "a = rho a + (1 - rho) g^2; s = g * sqrt(d + epsilon) / sqrt(a + epsilon); d = rho d + (1 - rho) s^2; " +
    "w = w - learning_rate * s",
  example: "optimizer: adadelta(learning_rate: 1)",
  source:
    'Zeiler 2012, "ADADELTA: An Adaptive Learning Rate Method", where the learning rate is 1; arrangement and defaults as in ' +
    "Keras, which begins far slower than PyTorch, whose default is 1",
  params: {
    learning_rate: learningRate({ default: 0.001, usual: 10 }),
    rho: real({ doc: "Decay of the mean squares.", default: 0.95, min: 0, below: 1 }),
    epsilon: real({
      doc: "The size of the first steps; keeps the division finite.",
      default: 1e-7,
      above: 0,
    }),
    weight_decay: weightDecay,
  },
  ...decaying,
  slots: () => ({ accumulated_gradient: 0, accumulated_step: 0 }),
  update: (b, inputs, { rho, epsilon }) => {
    const { weight, gradient, rate } = inputs;
    const before = slotOf(inputs, 1);
    const gradients = movingAverage(b, slotOf(inputs, 0), square(b, gradient), rho);
    const grown = b.sqrt(b.add(before, b.like(before, epsilon)));
    const size = b.sqrt(b.add(gradients, b.like(gradients, epsilon)));
    const step = b.divide(b.multiply(grown, gradient), size);
    const steps = movingAverage(b, before, square(b, step), rho);
    return { weight: b.subtract(weight, b.multiply(rate, step)), slots: [gradients, steps] };
  },
});
