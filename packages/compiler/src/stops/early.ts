// Early stopping: when training ends before its last epoch. Only the definition is here; the training loop
// of the runtime carries it out.

import { type Definition, integer, real } from "@netwright/lang";
import { byName } from "../by-name.ts";

export const early: Definition = {
  name: "early",
  doc: "Stops when the validation loss has not improved for some epochs, and restores the best weights.",
  params: {
    patience: integer({ doc: "Epochs without improvement before stopping.", default: 10, min: 1 }),
    min_delta: real({ doc: "By how much the loss must fall to count as better.", default: 0, min: 0 }),
  },
};

export const stops = byName([early]);
