// A value that stays for a while, and then falls along half a wave of the cosine.

import { integer, real } from "@netwright/definitions";
import { defineSchedule, halfWave, progress, upTo } from "./schedule.ts";

export const flatCosine = defineSchedule({
  name: "flat_cosine",
  doc: "The learning rate stays as it is for a part of the training, and then falls to nothing.",
  formula:
    "p = (step / all steps - flat) / (1 - flat), at least 0; rate = initial_learning_rate * (1 + cos(pi p)) / 2; " +
    "in the first warmup_steps it rises in a straight line from 0",
  example: "optimizer: adam(learning_rate: flat_cosine(1e-2))",
  source:
    'Holzmüller, Grinsztajn, Steinwart 2024, "Better by Default: Strong Pre-Tuned MLPs and Boosted Trees on Tabular Data", where ' +
    "dropout and weight decay follow it",
  params: {
    initial_learning_rate: real({ doc: "The rate that stays.", min: 0, usual: 10 }),
    flat: real({ doc: "Share of the training in which it stays.", default: 0.5, min: 0, below: 1 }),
    warmup_steps: integer({ doc: "Steps of a rise before.", default: 0, min: 0 }),
  },
  range: ({ initial_learning_rate }) => upTo(initial_learning_rate),
  stages: ({ warmup_steps }) => [{ what: "the rise", updates: warmup_steps }],
  at: (b, { step, total }, { initial_learning_rate, flat, warmup_steps }) => {
    const steps = Math.max(1, total());
    const begin = flat * steps;
    const p = progress(b, b.subtract(step, b.scalar(begin)), steps - begin);
    const fallen = b.multiply(halfWave(b, p), b.scalar(initial_learning_rate));
    if (warmup_steps === 0) return fallen;
    const risen = b.multiply(step, b.scalar(initial_learning_rate / warmup_steps));
    return b.select(b.compare(step, "LT", b.scalar(warmup_steps)), risen, fallen);
  },
});
