// Small networks with weights of their own that predict together. For few rows they are as good as the larger networks of
// the other recipes, in a fraction of their time.

import type { MakeRecipe } from "./recipe.ts";

const EPOCHS = 100;
/** The learning rate falls to the end, and late epochs may be the best. */
const PATIENCE = 60;

export const deepEnsemble: MakeRecipe = ({ task }) => ({
  head: ['use "netwright/tabular"  # has deep_ensemble; `explain --resolved` shows all that it stands for'],
  scale: "smooth_clip",
  scaleNote: "median 0 and interquartile range 1, what lies far out bent to within 3",
  clamps: task === "numbers",
  loss: { numbers: "mse", smoothing: null },
  model: ["deep_ensemble(64, depth: 2, act: mish, rate: 10%, count: 8)"],
  train: [
    "optimizer: adamw(learning_rate: cosine(5e-3), weight_decay: 1e-2)",
    "weight_decay_factors { bias: 0 }",
    "batch: 32",
    `epochs: ${EPOCHS}`,
    `stop: early(patience: ${PATIENCE})  # the best epoch by the validation loss is kept`,
  ],
});
