// A learning rate that falls along a power of what is left.

import { flag, integer, optional, real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { defineSchedule, progress, upTo } from "./schedule.ts";

/** Each end of a fall makes the next one begin over again over a longer time: `decay_steps` times 1, 2, 3. */
function cycled(b: Builder, step: Value, steps: number): Value {
  const spans = b.divide(step, b.scalar(steps));
  const count = b.maximum(b.negate(b.unary("floor", b.negate(spans))), b.scalar(1));
  return b.divide(spans, count);
}

export const polynomialDecay = defineSchedule({
  name: "polynomial_decay",
  doc: "The learning rate falls along a straight line, or a power of what is left of the way.",
  formula:
    "p = min(1, step / decay_steps), with cycle step / (decay_steps * ceil(step / decay_steps)); " +
    "rate = end_learning_rate + (initial_learning_rate - end_learning_rate) * (1 - p)^power",
  example: "optimizer: adam(learning_rate: polynomial_decay(1e-2, power: 2))",
  source: "Keras, `PolynomialDecay`; there decay_steps has to be given",
  params: {
    initial_learning_rate: real({ doc: "The rate of the first step.", min: 0, usual: 10 }),
    decay_steps: optional(
      integer({ doc: "Steps until it has fallen; `none` for all that training has.", min: 1 }),
    ),
    end_learning_rate: real({ doc: "The rate that it falls to.", default: 1e-4, min: 0 }),
    power: real({ doc: "1 for a straight line.", default: 1, above: 0 }),
    cycle: flag({ doc: "Whether it starts again from less, each time it has fallen.", default: false }),
  },
  range: ({ initial_learning_rate, end_learning_rate }) =>
    upTo(Math.max(initial_learning_rate, end_learning_rate)),
  stages: ({ decay_steps }) => (decay_steps === null ? [] : [{ what: "the fall", updates: decay_steps }]),
  at: (b, { step, total }, { initial_learning_rate, decay_steps, end_learning_rate, power, cycle }) => {
    const steps = decay_steps ?? Math.max(1, total());
    const p = cycle ? cycled(b, step, steps) : progress(b, step, steps);
    const left = b.subtract(b.scalar(1), p);
    const share = power === 1 ? left : b.power(left, b.scalar(power));
    const fall = b.multiply(share, b.scalar(initial_learning_rate - end_learning_rate));
    return b.add(fall, b.scalar(end_learning_rate));
  },
});
