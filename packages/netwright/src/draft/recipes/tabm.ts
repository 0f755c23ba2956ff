// TabM behind embeddings of numbers: Gorishniy, Kotelnikov, Babenko 2025. Its authors have 32 members of three layers of 512; here
// are fewer and narrower ones, which train in a minute or two.

import type { MakeRecipe } from "./recipe.ts";

/** Of fewer rows the batches are smaller, so that an epoch has enough steps, and fewer epochs show that nothing more comes. */
const FEW_ROWS = 2_000;
/** Rows that are gone through in all, and passes at most. */
const MOST_STEPS_OF_ROWS = 300_000;
const MOST_EPOCHS = 150;

export const tabm: MakeRecipe = ({ task, rows }) => ({
  head: ['use "netwright/tabular"  # has tabm; `explain --resolved` shows all that it stands for'],
  scale: "smooth_clip",
  scaleNote: "median 0 and interquartile range 1, what lies far out bent to within 3",
  clamps: task === "numbers",
  loss: { numbers: "mse", smoothing: null },
  model: [
    "periodic_embedding  # each number becomes four, three of them waves that are learnt",
    "tabm(128, depth: 2, count: 16, rate: 10%, act: mish, start: random_normal(stddev: 1))",
  ],
  train: [
    "optimizer: adamw(learning_rate: 2e-3, weight_decay: 1e-2)",
    "weight_decay_factors { bias: 0 }",
    `batch: ${rows < 600 ? 32 : rows < FEW_ROWS ? 64 : 128}`,
    `epochs: ${Math.max(20, Math.min(MOST_EPOCHS, Math.floor(MOST_STEPS_OF_ROWS / rows)))}`,
    `stop: early(patience: ${rows < FEW_ROWS ? 16 : 30})  # when the validation loss has stopped improving`,
  ],
});
