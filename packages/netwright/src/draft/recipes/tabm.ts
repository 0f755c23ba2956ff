// TabM: Gorishniy, Kotelnikov, Babenko 2025. Its authors have 32 members of three layers of 512; here are fewer and narrower ones,
// which train in minutes.

import type { MakeRecipe } from "./recipe.ts";

/** Rows that are gone through in all. */
const MOST_STEPS_OF_ROWS = 400_000;

export const tabm: MakeRecipe = ({ task, rows }) => ({
  head: ['use "netwright/tabular"  # has tabm; `explain --resolved` shows all that it stands for'],
  scale: "quantile(output_distribution: normal)",
  scaleNote: "ranks, as the normal distribution has them",
  clamps: task === "numbers",
  loss: { numbers: "mse", smoothing: null },
  model: [
    "tabm(256, depth: 2, count: 16, rate: 10%)  # 16 networks that share their weights, and predict together",
  ],
  train: [
    "optimizer: adamw(learning_rate: 2e-3)",
    `batch: ${rows < 5_000 ? 64 : 256}`,
    `epochs: ${Math.max(20, Math.min(150, Math.floor(MOST_STEPS_OF_ROWS / rows)))}`,
    "stop: early(patience: 16)  # when the validation loss has stopped improving",
  ],
});
