// Checkpoints: how often a training that is under way is put on the disk. Only the definition is here; the training loop of
// the runtime decides by it, and it decides nothing about the weights.

import { byName, type Documented, integer } from "@netwright/definitions";

export const every: Documented = {
  name: "every",
  doc: "Keeps a checkpoint beside the run after every so many epochs, from which training goes on after a crash. An epoch that ends before writing is worth a hundredth of the time passed is left out, and one is kept every minute in any case.",
  formula: "keep when epochs since the last one >= epochs",
  example: "checkpoint: every(5)",
  source: "arrangement as in Keras, `BackupAndRestore`",
  params: {
    epochs: integer({ doc: "Epochs from one checkpoint to the next.", default: 1, min: 1 }),
  },
};

export const checkpoints = byName([every]);
