// A small convolutional network for pictures: windows that learn strokes and corners, and dense layers behind them. Columns beside
// the pictures have a branch of their own.

import { spellColumn } from "@netwright/lang";
import type { Pictures } from "../find-pictures.ts";
import type { Recipe, RecipePlan } from "./recipe.ts";

/** Smaller pictures are halved once. */
const HALVED_TWICE = 16;
/** Smaller ones are seen whole by one layer. */
const HALVED = 8;
/** Of fewer rows the batches are smaller, so that an epoch has enough steps. */
const FEW_ROWS = 1_000;

export interface ConvolutionalPlan extends RecipePlan {
  readonly pictures: Pick<Pictures, "name" | "height" | "width">;
  /** How many numbers the columns beside them become. */
  readonly inputs: number;
}

export function convolutional({ pictures, inputs, rows }: ConvolutionalPlan): Recipe {
  const side = Math.min(pictures.height, pictures.width);
  const seen = [
    "# random_translation(0.1, 0.1, fill_mode: constant)  # if it means the same elsewhere in the picture",
    CONVOLUTION,
    ...(side < HALVED ? [] : [HALVING, CONVOLUTION]),
    ...(side < HALVED_TWICE ? [] : [HALVING]),
    "flatten",
    "dropout(30%)",
    "dense(64, relu)",
  ];
  const beside = [
    "parallel {",
    "picture {",
    `input(${spellColumn(pictures.name)})`,
    ...seen,
    "}",
    "table { input(features) -> dense(64, relu) }",
    "} -> concat",
    "dense(64, relu)",
  ];
  return {
    head: ["param filters = 16 in [8, 16, 32, 64]  # --set filters=32 tries another"],
    scale: "zscore",
    scaleNote:
      inputs === 0 ? "of the target; the picture has its own" : "of numbers; the picture has its own",
    clamps: false,
    loss: { numbers: "huber", smoothing: null },
    model: [...(inputs === 0 ? seen : beside), "dense(outputs)"],
    train: [
      "optimizer: adam(learning_rate: 2e-3)",
      `batch: ${rows < FEW_ROWS ? 16 : 64}`,
      "epochs: 40",
      "stop: early(patience: 6)  # when the validation loss has stopped improving",
    ],
  };
}

const CONVOLUTION = "conv2d(filters, 3, padding: same, activation: relu)";
const HALVING = "max_pooling2d(2)";
