// A learning rate that falls with one over the time.

import { flag, integer, optional, real } from "@netwright/definitions";
import { defineSchedule } from "./schedule.ts";

export const inverseTimeDecay = defineSchedule({
  name: "inverse_time_decay",
  doc: "The learning rate falls fast at first, and ever more slowly.",
  formula:
    "rate = initial_learning_rate / (1 + decay_rate * step / decay_steps); with staircase, step / decay_steps is rounded down",
  example: "optimizer: sgd(learning_rate: inverse_time_decay(0.1, decay_rate: 0.5))",
  source: "Keras, `InverseTimeDecay`; there decay_steps has to be given",
  params: {
    initial_learning_rate: real({ doc: "The rate of the first step.", above: 0, usual: 10 }),
    decay_rate: real({ doc: "How fast it falls.", above: 0 }),
    decay_steps: optional(
      integer({ doc: "Steps that count as one unit of time; `none` for those of an epoch.", min: 1 }),
    ),
    staircase: flag({
      doc: "Whether it falls at once after each `decay_steps`, and not a little with every step.",
      default: false,
    }),
  },
  stages: ({ decay_steps, staircase }) =>
    staircase && decay_steps !== null ? [{ what: "the first step down", updates: decay_steps }] : [],
  at: (b, { step, perEpoch }, { initial_learning_rate, decay_rate, decay_steps, staircase }) => {
    const passed = b.divide(step, b.scalar(decay_steps ?? perEpoch()));
    const time = staircase ? b.unary("floor", passed) : passed;
    const slowed = b.add(b.scalar(1), b.multiply(time, b.scalar(decay_rate)));
    return b.divide(b.scalar(initial_learning_rate), slowed);
  },
});
