// Adam and AdamW. Sources: Kingma, Ba 2015 (the form with the corrected step size at the end of section 2);
// Loshchilov, Hutter 2019 for the decoupled weight decay. Arrangement and defaults as in Keras.

import { real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import {
  defineOptimizer,
  learningRate,
  movingAverage,
  type StepInputs,
  scalarOf,
  slotOf,
  type UpdateInputs,
  type UpdateOutputs,
} from "./optimizer.ts";

const params = {
  learning_rate: learningRate({ default: 0.001, usual: 1 }),
  beta_1: real({ doc: "Decay of the mean of the gradient.", default: 0.9, min: 0, below: 1 }),
  beta_2: real({ doc: "Decay of the mean of its square.", default: 0.999, min: 0, below: 1 }),
  epsilon: real({ doc: "Keeps the division finite.", default: 1e-7, above: 0 }),
};

interface AdamArgs {
  readonly beta_1: number;
  readonly beta_2: number;
  readonly epsilon: number;
}

const formula =
  "m = beta_1 m + (1 - beta_1) g; v = beta_2 v + (1 - beta_2) g^2; " +
  "w = w - learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t) * m / (sqrt(v) + epsilon)";

/** learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t): undoes the bias of averages that start at zero. */
function stepSize(b: Builder, { t, rate }: StepInputs, { beta_1, beta_2 }: AdamArgs): Value {
  const oneMinusPower = (beta: number) => b.subtract(b.like(t, 1), b.power(b.like(t, beta), t));
  const correction = b.divide(b.sqrt(oneMinusPower(beta_2)), oneMinusPower(beta_1));
  return b.multiply(correction, rate);
}

function adamUpdate(b: Builder, inputs: UpdateInputs, { beta_1, beta_2, epsilon }: AdamArgs): UpdateOutputs {
  const { weight, gradient } = inputs;
  const m = movingAverage(b, slotOf(inputs, 0), gradient, beta_1);
  const v = movingAverage(b, slotOf(inputs, 1), b.multiply(gradient, gradient), beta_2);
  const move = b.divide(b.multiply(scalarOf(inputs, 0), m), b.add(b.sqrt(v), b.like(v, epsilon)));
  return { weight: b.subtract(weight, move), slots: [m, v] };
}

export const adam = defineOptimizer({
  name: "adam",
  doc: "Adapts the step of every weight to the mean and the size of its gradients.",
  formula,
  example: "optimizer: adam(learning_rate: 1e-3)",
  source:
    'Kingma, Ba 2015, "Adam: A Method for Stochastic Optimization"; arrangement and defaults as in Keras',
  params,
  slots: () => ["m", "v"],
  scalars: (b, step, args) => [stepSize(b, step, args)],
  update: adamUpdate,
});

export const adamw = defineOptimizer({
  name: "adamw",
  doc: "Adam with weight decay that is independent of the gradient.",
  formula: `w = w - learning_rate * weight_decay * w; then as adam: ${formula}`,
  example: "optimizer: adamw(weight_decay: 0.01)",
  source:
    'Loshchilov, Hutter 2019, "Decoupled Weight Decay Regularization"; arrangement and defaults as in Keras',
  params: {
    ...params,
    weight_decay: real({
      doc: "Share of each weight removed in a step, times the learning rate.",
      default: 0.004,
      min: 0,
    }),
  },
  slots: () => ["m", "v"],
  decay: ({ weight_decay }) => weight_decay,
  scalars: (b, step, args) => [stepSize(b, step, args)],
  update: adamUpdate,
});
