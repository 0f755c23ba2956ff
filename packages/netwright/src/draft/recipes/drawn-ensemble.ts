// Networks that draw how they are trained, and of which those predict that are best together: nothing has to be known of the
// learning rate, the weight decay and the dropout that suit a table.

import type { MakeRecipe } from "./recipe.ts";

/** Rows that are gone through in all, and passes at most. */
const MOST_STEPS_OF_ROWS = 300_000;
const MOST_EPOCHS = 150;

export const drawnEnsemble: MakeRecipe = ({ task, rows }) => ({
  head: [
    'use "netwright/tabular"  # has drawn_ensemble; `explain` shows what each member draws',
    "",
    "param learning_rate = 1e-2 in log(2e-3..5e-2)",
    "param weight_decay = 1e-2 in log(1e-3..1)",
    "param dropout_rate = 10% in 0..0.4",
  ],
  scale: "smooth_clip",
  scaleNote: "median 0 and interquartile range 1, what lies far out bent to within 3",
  clamps: task === "numbers",
  loss: { numbers: "mse", smoothing: null },
  model: ["drawn_ensemble(draw: [learning_rate, weight_decay, dropout_rate], rate: dropout_rate)"],
  train: [
    "optimizer: adamw(learning_rate: cosine(learning_rate), weight_decay: weight_decay)",
    `batch: ${rows < 2_000 ? 32 : 128}`,
    `epochs: ${Math.max(20, Math.min(MOST_EPOCHS, Math.floor(MOST_STEPS_OF_ROWS / rows)))}`,
    "stop: early(patience: 60)  # when the validation loss has stopped improving",
  ],
});
