// Dense layers of a width that suits the rows: what is learned first, fast, and easy to change.

import { type DraftSize, draftSize } from "../draft-size.ts";
import type { MakeRecipe } from "./recipe.ts";

export const plain: MakeRecipe = ({ rows }, inputs) => {
  const size = draftSize(rows, inputs);
  return {
    head: [
      `param width = ${size.width} in [8, 16, 32, 64, 128, 256, 512]  # --set width=128 tries another`,
      `param depth = ${size.depth} in 1..6`,
    ],
    scale: "zscore",
    scaleNote: "mean 0 and standard deviation 1, by the training rows alone",
    clamps: false,
    loss: { numbers: "huber", smoothing: null },
    model: [
      `repeat depth { ${layer(size)} }${size.penalty === 0 ? "" : "  # few rows: large weights cost something"}`,
      "dense(outputs)",
    ],
    train: [
      "optimizer: adam(learning_rate: 1e-3)",
      `batch: ${size.batch}`,
      `epochs: ${size.epochs}`,
      `stop: early(patience: ${size.patience})  # when the validation loss has stopped improving`,
    ],
  };
};

function layer({ penalty }: DraftSize): string {
  return penalty === 0 ? "dense(width, relu)" : `dense(width, relu, kernel_regularizer: l2(${penalty}))`;
}
