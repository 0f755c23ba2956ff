// A small convolutional network for pictures: windows that learn strokes and corners, and dense layers behind them.

import type { Pictures } from "../find-pictures.ts";
import type { Recipe } from "./recipe.ts";

/** Smaller pictures are halved once. */
const HALVED_TWICE = 16;

export function convolutional({ height }: Pick<Pictures, "height">): Recipe {
  return {
    head: ["param filters = 16 in [8, 16, 32, 64]  # --set filters=32 tries another"],
    scale: "zscore",
    scaleNote: "of the target; the picture has its own",
    clamps: false,
    loss: { numbers: "huber", smoothing: null },
    model: [
      "# random_translation(0.1, 0.1, fill_mode: constant)  # if it means the same elsewhere in the picture",
      "conv2d(filters, 3, padding: same, activation: relu)",
      "max_pooling2d(2)",
      ...(height < HALVED_TWICE
        ? ["conv2d(filters, 3, padding: same, activation: relu)"]
        : ["conv2d(filters, 3, padding: same, activation: relu)", "max_pooling2d(2)"]),
      "flatten",
      "dropout(30%)",
      "dense(64, relu)",
      "dense(outputs)",
    ],
    train: [
      "optimizer: adam(learning_rate: 2e-3)",
      "batch: 64",
      "epochs: 40",
      "stop: early(patience: 6)  # when the validation loss has stopped improving",
    ],
  };
}
