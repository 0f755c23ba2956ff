// A rise in a straight line before a number or another schedule.

import { integer } from "@netwright/definitions";
import { rateParam } from "./rate-param.ts";
import { defineSchedule, upTo } from "./schedule.ts";

export const warmup = defineSchedule({
  name: "warmup",
  doc: "The learning rate rises from 0 before it is what is given: a number, or a schedule, whose clock begins after the rise.",
  formula:
    "rate = first * step / warmup_steps while step < warmup_steps, where first is the rate at the end of the rise",
  example:
    "optimizer: adam(learning_rate: warmup(exponential_decay(1e-2, decay_rate: 0.95), warmup_steps: 100))",
  source: 'Goyal et al. 2017, "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", section 2.2',
  params: {
    learning_rate: rateParam({ doc: "What comes after the rise.", usual: 10 }),
    warmup_steps: integer({ doc: "Steps of the rise.", min: 1 }),
  },
  range: ({ learning_rate }, rangeOf) => upTo(rangeOf(learning_rate).max),
  stages: ({ warmup_steps }) => [{ what: "the rise", updates: warmup_steps }],
  at: (b, clock, { learning_rate, warmup_steps }) => {
    const { step, total } = clock;
    const later = {
      ...clock,
      step: b.maximum(b.subtract(step, b.scalar(warmup_steps)), b.scalar(0)),
      total: () => Math.max(1, total() - warmup_steps),
    };
    const risen = b.minimum(b.divide(step, b.scalar(warmup_steps)), b.scalar(1));
    return b.multiply(clock.rateOf(b, learning_rate, later), risen);
  },
});
