// A learning rate that falls when the validation loss does not: the one schedule that goes by what comes of the training.

import { integer, real } from "@netwright/definitions";
import { defineSchedule, upTo } from "./schedule.ts";

interface PlateauArgs {
  readonly initial_learning_rate: number;
  readonly factor: number;
  readonly patience: number;
  readonly min_delta: number;
  readonly cooldown: number;
  readonly min_learning_rate: number;
}

/** What the rate is multiplied with after epochs that had these losses. */
function factorAfter(losses: readonly number[], args: PlateauArgs): number {
  const least = Math.min(1, args.min_learning_rate / args.initial_learning_rate);
  let [rate, best, waited, cooling] = [1, Number.POSITIVE_INFINITY, 0, 0];
  for (const loss of losses) {
    if (loss < best - args.min_delta) {
      best = loss;
      waited = 0;
    } else if (cooling === 0) waited++;
    if (cooling > 0) cooling--;
    if (waited < args.patience) continue;
    rate = Math.max(rate * args.factor, least);
    waited = 0;
    cooling = args.cooldown;
  }
  return rate;
}

export const plateau = defineSchedule({
  name: "plateau",
  doc: "The learning rate falls each time that the validation loss has not improved for some epochs.",
  formula:
    "after patience epochs whose validation loss is not less than best - min_delta: rate = max(rate * factor, min_learning_rate); " +
    "the next cooldown epochs do not count",
  example: "optimizer: adam(learning_rate: plateau(1e-2, patience: 5))",
  source:
    "Keras, `ReduceLROnPlateau`, for its arguments and patience: the rate falls after as many epochs as patience says; in PyTorch " +
    "after one more. Epochs of cooldown do not count, as in PyTorch; in Keras the first of them does",
  params: {
    initial_learning_rate: real({ doc: "The rate at first.", above: 0, usual: 10 }),
    factor: real({ doc: "What the rate is multiplied with.", default: 0.1, above: 0, below: 1 }),
    patience: integer({ doc: "Epochs without improvement before it falls.", default: 10, min: 1 }),
    min_delta: real({ doc: "By how much the loss must fall to count as better.", default: 1e-4, min: 0 }),
    cooldown: integer({ doc: "Epochs after a fall that do not count.", default: 0, min: 0 }),
    min_learning_rate: real({ doc: "Less than this it does not become.", default: 0, min: 0 }),
  },
  conflict: ({ initial_learning_rate, min_learning_rate }) =>
    min_learning_rate > initial_learning_rate
      ? { parameter: "min_learning_rate", problem: "is at most `initial_learning_rate`" }
      : null,
  range: ({ initial_learning_rate }) => upTo(initial_learning_rate),
  factor: factorAfter,
  at: (b, _, { initial_learning_rate }) => b.scalar(initial_learning_rate),
});
