// LAMB: Adam with steps of each layer as long as its weights. Source: You et al. 2020; arrangement and defaults as in Keras.

import type { Builder, Value } from "@netwright/ir";
import { momentParams, momentsToDivide } from "./moments.ts";
import {
  decaying,
  defineOptimizer,
  learningRate,
  scalarOf,
  square,
  taken,
  weightDecay,
} from "./optimizer.ts";

/** The length of all numbers of a weight together, an f32 scalar; or of those of each member, a vector. */
function norm(b: Builder, x: Value, byMember: boolean): Value {
  const dimensions = x.type.shape.map((_, dimension) => dimension);
  return b.sqrt(b.sum(square(b, x), byMember ? dimensions.slice(1) : dimensions));
}

export const lamb = defineOptimizer({
  name: "lamb",
  doc: "Adam for large batches: the step of a weight is as long as the weight, times the learning rate.",
  formula:
    "m = beta_1 m + (1 - beta_1) g; v = beta_2 v + (1 - beta_2) g^2; r = m / (1 - beta_1^t) / (sqrt(v / (1 - beta_2^t)) + epsilon); " +
    "w = w - learning_rate * |w| / |r| * r, and without the quotient where one of the lengths is 0",
  example: "optimizer: lamb(learning_rate: 0.01)",
  source:
    'You et al. 2020, "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes"; arrangement and defaults as in ' +
    "Keras, where the decay comes before the step and does not count for its length; in the paper and in Optax it is a part of r",
  params: {
    learning_rate: learningRate({ default: 0.001, usual: 1 }),
    ...momentParams,
    weight_decay: weightDecay,
  },
  ...decaying,
  slots: () => ({ m: 0, v: 0 }),
  step: (b, { t }, { beta_1, beta_2 }) => ({ scalars: [taken(b, beta_1, t), taken(b, beta_2, t)] }),
  update: (b, inputs, args) => {
    const { weight, rate, byMember } = inputs;
    const [m, v] = momentsToDivide(b, inputs, args);
    const size = b.sqrt(b.divide(v, scalarOf(inputs, 1)));
    const r = b.divide(b.divide(m, scalarOf(inputs, 0)), b.add(size, b.like(v, args.epsilon)));
    const [long, step] = [norm(b, weight, byMember), norm(b, r, byMember)];
    const zero = b.like(step, 0);
    const one = b.like(step, 1);
    // A quotient by 0 would be chosen away, and still be there.
    const divisor = b.select(b.compare(step, "GT", zero), step, one);
    const quotient = b.select(b.compare(step, "GT", zero), b.divide(long, divisor), one);
    const ratio = b.select(b.compare(long, "GT", zero), quotient, one);
    const move = b.multiply(
      b.multiply(rate, b.broadcastInDim(ratio, weight.type.shape, byMember ? [0] : [])),
      r,
    );
    return { weight: b.subtract(weight, move), slots: [m, v] };
  },
});
