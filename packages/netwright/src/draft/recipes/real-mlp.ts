// RealMLP as its authors tuned it over many tables: Holzmüller, Grinsztajn, Steinwart 2024, "Better by Default". Of a larger
// table it makes fewer passes, so that it trains in a minute or two.

import type { MakeRecipe } from "./recipe.ts";

const EPOCHS = 256;
const BATCH = 256;
/**
 * Classes of fewer rows are learned in smaller steps, of which a pass then has enough. Smoothing that ends lets probabilities
 * come near 0 and 1. Both were measured, on other tables than those that the results are compared on.
 */
const FEW_ROWS = 1_500;
const SMALL_BATCH = 64;
/** Rows that are gone through in all. */
const MOST_STEPS_OF_ROWS = 2_500_000;
const FEWEST_EPOCHS = 16;
/** The learning rate falls and rises four times; the last wave takes the latter half, and may be what is best. */
const PATIENCE = 0.55;

export const realMlp: MakeRecipe = ({ task, rows }) => {
  const isOfClasses = task === "classes" || task === "labels";
  const isSmall = isOfClasses && rows < FEW_ROWS;
  const most = Math.floor(MOST_STEPS_OF_ROWS / rows);
  const epochs = Math.max(FEWEST_EPOCHS, Math.min(isSmall ? EPOCHS / 2 : EPOCHS, most));
  const act = isOfClasses ? "selu" : "mish";
  const rate = isOfClasses ? "0.04" : "0.2";
  return {
    head: ['use "netwright/tabular"  # has real_mlp; `explain --resolved` shows all that it stands for'],
    scale: "smooth_clip",
    scaleNote: "median 0 and interquartile range 1, what lies far out bent to within 3",
    clamps: task === "numbers",
    loss: { numbers: "mse", smoothing: isOfClasses ? "flat_cosine(0.1)" : null },
    model: [`real_mlp(256, depth: 3, act: ${act}, rate: flat_cosine(15%))`],
    train: [
      `optimizer: adamw(learning_rate: log_cosine(${rate}), beta_2: 0.95, weight_decay: flat_cosine(0.02))`,
      "learning_rate_factors { bias: 0.1, scale: 6, activation: 0.1, number_embedding: 0.1 }",
      "weight_decay_factors { bias: 0 }",
      `batch: ${isSmall ? SMALL_BATCH : BATCH}`,
      `epochs: ${epochs}`,
      `stop: early(patience: ${Math.ceil(PATIENCE * epochs)})  # the best epoch by the validation loss is kept`,
    ],
  };
};
