// The residual network for tables: Gorishniy, Rubachev, Khrulkov, Babenko 2021, "Revisiting Deep Learning Models for Tabular
// Data", whose numbers go in as the normal distribution has their ranks.

import type { MakeRecipe } from "./recipe.ts";

/** Rows that are gone through in all. */
const MOST_STEPS_OF_ROWS = 1_500_000;

export const residual: MakeRecipe = ({ task, rows }) => ({
  head: ['use "netwright/tabular"'],
  scale: "quantile(output_distribution: normal)",
  scaleNote: "ranks, as the normal distribution has them",
  clamps: task === "numbers",
  loss: { numbers: "mse", smoothing: null },
  model: ["residual_network(192, depth: 2, hidden: 384, rate: 30%)"],
  train: [
    "optimizer: adamw(learning_rate: 1e-3, weight_decay: 1e-5)",
    `batch: ${rows < 10_000 ? 64 : 256}`,
    `epochs: ${Math.max(20, Math.min(200, Math.floor(MOST_STEPS_OF_ROWS / rows)))}`,
    "stop: early(patience: 16)  # when the validation loss has stopped improving",
  ],
});
