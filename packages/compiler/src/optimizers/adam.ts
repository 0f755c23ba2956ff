// Adam, AdamW, and their form AMSGrad. Sources: Kingma, Ba 2015 (the form with the corrected step size at the end of
// section 2); Loshchilov, Hutter 2019 for the decoupled weight decay; Reddi, Kale, Kumar 2018 for AMSGrad. Arrangement
// and defaults as in Keras: epsilon stands outside of the root and is not corrected.

import { flag } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { momentParams, moments } from "./moments.ts";
import {
  decayParam,
  defineOptimizer,
  learningRate,
  type StepInputs,
  scalarOf,
  slotOf,
  taken,
  type UpdateInputs,
  type UpdateOutputs,
} from "./optimizer.ts";

const params = {
  learning_rate: learningRate({ default: 0.001, usual: 1 }),
  ...momentParams,
};

const amsgrad = flag({
  doc: "Whether the size of a gradient is the largest that its mean has ever had (AMSGrad).",
  default: false,
});

interface AdamArgs {
  readonly beta_1: number;
  readonly beta_2: number;
  readonly epsilon: number;
  readonly amsgrad: boolean;
}

const formula =
  "m = beta_1 m + (1 - beta_1) g; v = beta_2 v + (1 - beta_2) g^2; " +
  "w = w - learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t) * m / (sqrt(v) + epsilon); " +
  "with amsgrad, the largest v so far in place of v";

/** learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t): undoes the bias of averages that start at zero. */
function stepSize(b: Builder, { t, rate }: StepInputs, { beta_1, beta_2 }: AdamArgs): Value {
  const correction = b.divide(b.sqrt(taken(b, beta_2, t)), taken(b, beta_1, t));
  return b.multiply(correction, rate);
}

function slots({ amsgrad }: AdamArgs): Readonly<Record<string, number>> {
  return amsgrad ? { m: 0, v: 0, v_max: 0 } : { m: 0, v: 0 };
}

function adamUpdate(b: Builder, inputs: UpdateInputs, args: AdamArgs): UpdateOutputs {
  const { weight } = inputs;
  const { epsilon, amsgrad } = args;
  const [m, v] = moments(b, inputs, args);
  const size = amsgrad ? b.maximum(slotOf(inputs, 2), v) : v;
  const move = b.divide(b.multiply(scalarOf(inputs, 0), m), b.add(b.sqrt(size), b.like(size, epsilon)));
  return { weight: b.subtract(weight, move), slots: amsgrad ? [m, v, size] : [m, v] };
}

export const adam = defineOptimizer({
  name: "adam",
  doc: "Adapts the step of every weight to the mean and the size of its gradients.",
  formula,
  example: "optimizer: adam(learning_rate: 1e-3)",
  source:
    'Kingma, Ba 2015, "Adam: A Method for Stochastic Optimization"; for amsgrad Reddi, Kale, Kumar 2018, "On the ' +
    'Convergence of Adam and Beyond"; arrangement and defaults as in Keras, whose epsilon is not corrected by the number of ' +
    "the step as that of PyTorch and Optax is",
  params: { ...params, amsgrad },
  variants: ["amsgrad"],
  slots,
  step: (b, step, args) => ({ scalars: [stepSize(b, step, args)] }),
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
    weight_decay: decayParam(0.004),
    amsgrad,
  },
  variants: ["amsgrad"],
  slots,
  decay: ({ weight_decay }) => weight_decay,
  step: (b, step, args) => ({ scalars: [stepSize(b, step, args)] }),
  update: adamUpdate,
});
