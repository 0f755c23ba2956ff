// A learning rate that falls by the same share again and again.

import { flag, integer, optional, real } from "@netwright/definitions";
import { defineSchedule } from "./schedule.ts";

export const exponentialDecay = defineSchedule({
  name: "exponential_decay",
  doc: "The learning rate shrinks by the same factor in every span of steps.",
  formula:
    "rate = initial_learning_rate * decay_rate^(step / decay_steps); with staircase, step / decay_steps is rounded down",
  example: "optimizer: adam(learning_rate: exponential_decay(1e-2, decay_rate: 0.95))",
  source: "Keras, `ExponentialDecay`; there decay_steps has to be given",
  params: {
    initial_learning_rate: real({ doc: "The rate of the first step.", above: 0, usual: 10 }),
    decay_rate: real({ doc: "Factor of the rate after `decay_steps`.", above: 0, usual: 1 }),
    decay_steps: optional(
      integer({
        doc: "Steps in which the rate falls by `decay_rate`; `none` for those of an epoch.",
        min: 1,
      }),
    ),
    staircase: flag({
      doc: "Whether it falls at once after each `decay_steps`, and not a little with every step.",
      default: false,
    }),
  },
  // Without stairs it falls from the start, however far it comes.
  stages: ({ decay_steps, staircase }) =>
    staircase && decay_steps !== null ? [{ what: "the first step down", updates: decay_steps }] : [],
  at: (b, { step, perEpoch }, { initial_learning_rate, decay_rate, decay_steps, staircase }) => {
    const passed = b.divide(step, b.scalar(decay_steps ?? perEpoch()));
    const exponent = staircase ? b.unary("floor", passed) : passed;
    return b.multiply(b.scalar(initial_learning_rate), b.power(b.scalar(decay_rate), exponent));
  },
});
