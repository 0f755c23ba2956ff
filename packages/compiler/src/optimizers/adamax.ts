// Adamax: Adam by the largest gradient in place of the mean square. Source: Kingma, Ba 2015, section 7.1; arrangement and
// defaults as in Keras.

import { real } from "@netwright/definitions";
import { momentParams } from "./moments.ts";
import {
  decaying,
  defineOptimizer,
  learningRate,
  movingAverage,
  scalarOf,
  slotOf,
  taken,
  weightDecay,
} from "./optimizer.ts";

export const adamax = defineOptimizer({
  name: "adamax",
  doc: "Adam that divides by the largest of the last gradients.",
  formula:
    "m = beta_1 m + (1 - beta_1) g; u = max(beta_2 u, |g|); w = w - learning_rate / (1 - beta_1^t) * m / (u + epsilon)",
  example: "optimizer: adamax(learning_rate: 2e-3)",
  source:
    'Kingma, Ba 2015, "Adam: A Method for Stochastic Optimization", section 7.1; arrangement and defaults as in Keras, where ' +
    "epsilon stands beside u; in PyTorch it stands beside the gradient, under the maximum",
  params: {
    learning_rate: learningRate({ default: 0.001, usual: 1 }),
    ...momentParams,
    beta_2: real({ doc: "Decay of its largest size.", default: 0.999, min: 0, below: 1 }),
    weight_decay: weightDecay,
  },
  ...decaying,
  slots: () => ({ m: 0, u: 0 }),
  step: (b, { t, rate }, { beta_1 }) => ({ scalars: [b.divide(rate, taken(b, beta_1, t))] }),
  update: (b, inputs, { beta_1, beta_2, epsilon }) => {
    const { weight, gradient } = inputs;
    const m = movingAverage(b, slotOf(inputs, 0), gradient, beta_1);
    const faded = b.multiply(slotOf(inputs, 1), b.like(gradient, beta_2));
    const u = b.maximum(faded, b.unary("abs", gradient));
    const move = b.divide(b.multiply(scalarOf(inputs, 0), m), b.add(u, b.like(u, epsilon)));
    return { weight: b.subtract(weight, move), slots: [m, u] };
  },
});
