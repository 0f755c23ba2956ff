// Whole waves of the cosine, each twice as long as the one before.

import { integer, real } from "@netwright/definitions";
import { defineSchedule, progress, upTo } from "./schedule.ts";

export const logCosine = defineSchedule({
  name: "log_cosine",
  doc: "The learning rate rises from nothing and falls to nothing again several times, each wave twice as long as the last.",
  formula: "p = step / all steps; rate = max_learning_rate * (1 - cos(2 pi log2(1 + (2^cycles - 1) p))) / 2",
  example: "optimizer: adam(learning_rate: log_cosine(4e-2))",
  source:
    'Holzmüller, Grinsztajn, Steinwart 2024, "Better by Default: Strong Pre-Tuned MLPs and Boosted Trees on Tabular Data"; ' +
    "there with 4 waves",
  params: {
    max_learning_rate: real({ doc: "The rate at the top of each wave.", above: 0, usual: 10 }),
    cycles: integer({ doc: "Waves in the training.", default: 4, min: 1, max: 20 }),
  },
  range: ({ max_learning_rate }) => upTo(max_learning_rate),
  at: (b, { step, total }, { max_learning_rate, cycles }) => {
    const p = progress(b, step, Math.max(1, total()));
    const grown = b.add(b.scalar(1), b.multiply(p, b.scalar(2 ** cycles - 1)));
    const angle = b.multiply(b.unary("log", grown), b.scalar((2 * Math.PI) / Math.LN2));
    const wave = b.subtract(b.scalar(0.5), b.multiply(b.cosine(angle), b.scalar(0.5)));
    return b.multiply(wave, b.scalar(max_learning_rate));
  },
});
