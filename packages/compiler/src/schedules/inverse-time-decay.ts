// A learning rate that falls with one over the time.

import { integer, optional, real } from "@netwright/definitions";
import { defineSchedule, upTo } from "./schedule.ts";
import { firstStepDown, spansPassed, staircase } from "./stairs.ts";

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
    staircase,
  },
  range: ({ initial_learning_rate }) => upTo(initial_learning_rate),
  stages: firstStepDown,
  at: (b, clock, { initial_learning_rate, decay_rate, ...spans }) => {
    const slowed = b.add(b.scalar(1), b.multiply(spansPassed(b, clock, spans), b.scalar(decay_rate)));
    return b.divide(b.scalar(initial_learning_rate), slowed);
  },
});
