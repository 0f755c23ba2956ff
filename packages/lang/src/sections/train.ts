// The settings of `train`.

import {
  choice,
  factorParams,
  type Instance,
  instance,
  integer,
  LARGEST_SEED,
  oneOf,
  optional,
  real,
  text,
} from "@netwright/definitions";
import { type Settings, valueSettings } from "./setting.ts";

export const trainParams = {
  loss: instance({ family: "loss", default: "mse", doc: "What training makes small." }),
  optimizer: instance({ family: "optimizer", default: "adam", doc: "How weights follow from gradients." }),
  batch: integer({ min: 1, default: 32, doc: "Rows in one step." }),
  accumulate: integer({
    min: 1,
    default: 1,
    doc: "Batches whose gradients are added up before the weights change, as if they were one large batch.",
  }),
  clip_value: optional(
    real({ above: 0, doc: "Largest size of each number of a gradient; what is beyond is cut off." }),
  ),
  clip_norm: optional(
    real({
      above: 0,
      doc: "Largest length of the gradient of all weights together; a longer one is scaled down.",
    }),
  ),
  clip_norm_each: optional(
    real({
      above: 0,
      doc: "Largest length of the gradient of each weight by itself; a longer one is scaled down, before those of all are.",
    }),
  ),
  weight_average: optional(
    real({
      min: 0,
      below: 1,
      doc: "Share of the past in a moving average of the weights, with which predictions are then made.",
    }),
  ),
  mixup: optional(
    real({
      min: 0.01,
      max: 100,
      doc:
        "While training each row of a batch is mixed with another one, numbers and targets alike, by shares drawn from " +
        "Beta(mixup, mixup): 0.2 mixes most rows a little, 1 by any share.",
    }),
  ),
  epochs: integer({ min: 1, default: 100, doc: "Passes over the training rows, at most." }),
  stop: optional(
    instance({
      family: "stop",
      doc: "When to stop before all epochs are done; the best weights are restored.",
    }),
  ),
  checkpoint: optional(
    instance({
      family: "checkpoint",
      doc: "How often a training under way is put on the disk, beside the run; without it, every minute.",
    }),
  ),
  threshold: optional(
    oneOf<number | Instance>(
      [real({ min: 0, max: 1, doc: "" }), instance({ family: "threshold", doc: "" })],
      {
        doc:
          "Of two classes: from which probability on the second is predicted. A number, or a rule that chooses it on the " +
          "validation rows once the weights are trained; without it, the likelier class is.",
      },
    ),
  ),
  teacher_share: optional(
    real({
      min: 0,
      max: 1,
      doc:
        "With `teacher` of `data`: what the loss to the teacher's answer counts in that of a row that has an answer and a truth; the loss to " +
        "the truth counts the rest. Without it, 50%; 0 is as if there were no teacher.",
    }),
  ),
  teacher_temperature: optional(
    real({
      min: 0.01,
      doc:
        "With a teacher of classes: by what its logits and those of the network are divided before they are compared; above 1 the classes " +
        "that are less likely say more. Without it, 1.",
    }),
  ),
  initial_weights: optional(
    text({
      doc:
        "The folder of a run, relative to the file, whose weights training begins with: those of each layer that it has by the " +
        "same name and in the same shape. The other layers begin as ever.",
    }),
  ),
  numerics: choice({
    values: ["separate", "fused"],
    default: "separate",
    doc:
      "How products of matrices and convolutions add up: `separate` rounds each product and then the sum, `fused` both at once, which " +
      "is faster where the engine has an instruction for it, and gives other bits.",
  }),
  seed: integer({
    min: 0,
    max: LARGEST_SEED,
    default: 0,
    doc: "Start of all random numbers of training: first weights, order of rows, dropout.",
  }),
  seeds: optional(
    integer({
      min: 1,
      max: 10_000,
      doc: "With how many seeds, counted on from `seed`, `netwright train` trains the file, as a study; without it, once.",
    }),
  ),
};

export const trainSettings: Settings = {
  ...valueSettings(trainParams),
  learning_rate_factors: {
    kind: "factors",
    doc: "What the learning rate is multiplied with, by the role of a weight.",
    settings: factorParams,
  },
  weight_decay_factors: {
    kind: "factors",
    doc: "What the weight decay of the optimizer is multiplied with, by the role of a weight.",
    settings: factorParams,
  },
  freeze: {
    kind: "layers",
    doc: "Layers whose weights stay as they are: no gradient, no update, no penalty.",
  },
};
