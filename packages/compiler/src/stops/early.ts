// Early stopping: when training ends before its last epoch. Only the definition is here; the training loop
// of the runtime carries it out.

import { byName, type Documented, integer, real } from "@netwright/definitions";

export const early: Documented = {
  name: "early",
  doc: "Stops when the validation loss has not improved for some epochs, and restores the best weights.",
  formula: "stop when no loss of the last patience epochs is less than best - min_delta",
  example: "stop: early(patience: 20)",
  source: 'Prechelt 1998, "Early Stopping - But When?"; arrangement as in Keras, `EarlyStopping`',
  params: {
    patience: integer({ doc: "Epochs without improvement before stopping.", default: 10, min: 1 }),
    min_delta: real({ doc: "By how much the loss must fall to count as better.", default: 0, min: 0 }),
  },
};

export const stops = byName([early]);
