// Half a wave of the cosine, after a rise in a straight line where there is one.

import { integer, optional, real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { defineSchedule, halfWave, upTo } from "./schedule.ts";

export const cosine = defineSchedule({
  name: "cosine",
  doc: "The learning rate falls along half a wave of the cosine, after a rise where warmup_steps are given.",
  formula:
    "p = min(1, step / decay_steps); rate = initial_learning_rate * (alpha + (1 - alpha) * (1 + cos(pi p)) / 2); " +
    "in the first warmup_steps it rises in a straight line, from 0, or with warmup_target from initial_learning_rate to that, " +
    "from which it then falls",
  example: "optimizer: adam(learning_rate: cosine(1e-2, warmup_steps: 100))",
  source:
    'Loshchilov, Hutter 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts"; arguments of Keras, `CosineDecay`',
  params: {
    initial_learning_rate: real({ doc: "The rate from which it falls.", min: 0, usual: 10 }),
    decay_steps: optional(
      integer({
        doc: "Steps until it has fallen, after the rise; `none` for all that training has.",
        min: 1,
      }),
    ),
    alpha: real({
      doc: "Least rate, as a share of the rate from which it falls.",
      default: 0,
      min: 0,
      max: 1,
    }),
    warmup_target: optional(
      real({
        doc: "The rate at the end of a rise that begins at `initial_learning_rate`.",
        above: 0,
        usual: 10,
      }),
    ),
    warmup_steps: integer({ doc: "Steps of the rise.", default: 0, min: 0 }),
  },
  range: ({ initial_learning_rate, warmup_target }) =>
    upTo(Math.max(initial_learning_rate, warmup_target ?? 0)),
  stages: ({ warmup_steps, decay_steps }) => [
    { what: "the rise", updates: warmup_steps },
    ...(decay_steps === null ? [] : [{ what: "the fall", updates: warmup_steps + decay_steps }]),
  ],
  at: (b, { step, total }, { initial_learning_rate, decay_steps, alpha, warmup_target, warmup_steps }) => {
    const [from, to] =
      warmup_target === null ? [0, initial_learning_rate] : [initial_learning_rate, warmup_target];
    const falling = decay_steps ?? Math.max(1, total() - warmup_steps);
    const passed = b.divide(b.subtract(step, b.scalar(warmup_steps)), b.scalar(falling));
    const fallen = b.multiply(b.scalar(to), wave(b, passed, alpha));
    if (warmup_steps === 0) return fallen;
    const risen = b.add(b.scalar(from), b.multiply(step, b.scalar((to - from) / warmup_steps)));
    return b.select(b.compare(step, "LT", b.scalar(warmup_steps)), risen, fallen);
  },
});

/** alpha + (1 - alpha) * (1 + cos(pi p)) / 2; `passed` beyond 1 counts as 1. */
function wave(b: Builder, passed: Value, alpha: number): Value {
  const p = b.minimum(passed, b.scalar(1));
  return b.add(b.multiply(halfWave(b, p), b.scalar(1 - alpha)), b.scalar(alpha));
}
