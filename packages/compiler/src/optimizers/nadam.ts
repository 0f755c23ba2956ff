// Nadam: Adam with the momentum of Nesterov. Source: Dozat 2016; arrangement, defaults and the schedule of the momentum
// as in Keras.

import type { Builder, Value } from "@netwright/ir";
import { momentParams, momentsToDivide } from "./moments.ts";
import { decaying, defineOptimizer, learningRate, scalarOf, taken, weightDecay } from "./optimizer.ts";

/** beta_1 * (1 - 0.96^t / 2), a scalar: it warms up. */
function momentumAt(b: Builder, beta1: number, t: Value): Value {
  const cooled = b.multiply(b.power(b.scalar(0.96), t), b.scalar(0.5));
  return b.multiply(b.subtract(b.scalar(1), cooled), b.scalar(beta1));
}

export const nadam = defineOptimizer({
  name: "nadam",
  doc: "Adam that looks ahead along its momentum, which warms up.",
  formula:
    "u(t) = beta_1 (1 - 0.96^t / 2); U = u(1) ... u(t); m = beta_1 m + (1 - beta_1) g; v = beta_2 v + (1 - beta_2) g^2; " +
    "a = u(t + 1) m / (1 - U u(t + 1)) + (1 - u(t)) g / (1 - U); w = w - learning_rate * a / (sqrt(v / (1 - beta_2^t)) + epsilon)",
  example: "optimizer: nadam(learning_rate: 2e-3)",
  source:
    'Dozat 2016, "Incorporating Nesterov Momentum into Adam"; arrangement and defaults as in Keras, with the momentum that ' +
    "warms up; that of Optax is the same from the first step",
  params: {
    learning_rate: learningRate({ default: 0.001, usual: 1 }),
    ...momentParams,
    weight_decay: weightDecay,
  },
  ...decaying,
  slots: () => ({ m: 0, v: 0 }),
  shared: () => ({ momentum_product: 1 }),
  step: (b, { t, rate, shared: [before] }, { beta_1, beta_2 }) => {
    if (before === undefined) throw new Error("nadam keeps the product of its momenta");
    const one = b.scalar(1);
    const now = momentumAt(b, beta_1, t);
    const next = momentumAt(b, beta_1, b.add(t, one));
    const product = b.multiply(before, now);
    const ofMean = b.divide(next, b.subtract(one, b.multiply(product, next)));
    const ofGradient = b.divide(b.subtract(one, now), b.subtract(one, product));
    const scalars = [b.multiply(ofMean, rate), b.multiply(ofGradient, rate), taken(b, beta_2, t)];
    return { scalars, shared: [product] };
  },
  update: (b, inputs, args) => {
    const { weight, gradient } = inputs;
    const [m, v] = momentsToDivide(b, inputs, args);
    const ahead = b.add(b.multiply(scalarOf(inputs, 0), m), b.multiply(scalarOf(inputs, 1), gradient));
    const size = b.sqrt(b.divide(v, scalarOf(inputs, 2)));
    const move = b.divide(ahead, b.add(size, b.like(v, args.epsilon)));
    return { weight: b.subtract(weight, move), slots: [m, v] };
  },
});
