// A small convolutional network for pictures: windows that learn strokes and corners, and dense layers behind them.

import type { Pictures } from "../find-pictures.ts";
import type { Recipe } from "./recipe.ts";

/** Smaller pictures are halved once. */
const HALVED_TWICE = 16;
/** Smaller ones are seen whole by one layer. */
const HALVED = 8;

export function convolutional({ height, width }: Pick<Pictures, "height" | "width">): Recipe {
  const side = Math.min(height, width);
  return {
    head: ["param filters = 16 in [8, 16, 32, 64]  # --set filters=32 tries another"],
    scale: "zscore",
    scaleNote: "of the target; the picture has its own",
    clamps: false,
    loss: { numbers: "huber", smoothing: null },
    model: [
      "# random_translation(0.1, 0.1, fill_mode: constant)  # if it means the same elsewhere in the picture",
      CONVOLUTION,
      ...(side < HALVED ? [] : [HALVING, CONVOLUTION]),
      ...(side < HALVED_TWICE ? [] : [HALVING]),
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

const CONVOLUTION = "conv2d(filters, 3, padding: same, activation: relu)";
const HALVING = "max_pooling2d(2)";
