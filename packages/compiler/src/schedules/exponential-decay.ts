// A learning rate that falls by the same share again and again.

import { integer, optional, real } from "@netwright/definitions";
import { defineSchedule, upTo } from "./schedule.ts";
import { firstStepDown, spansPassed, staircase } from "./stairs.ts";

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
    staircase,
  },
  range: ({ initial_learning_rate, decay_rate }) =>
    upTo(decay_rate > 1 ? Number.POSITIVE_INFINITY : initial_learning_rate),
  stages: firstStepDown,
  at: (b, clock, { initial_learning_rate, decay_rate, ...spans }) => {
    const exponent = spansPassed(b, clock, spans);
    return b.multiply(b.scalar(initial_learning_rate), b.power(b.scalar(decay_rate), exponent));
  },
});
