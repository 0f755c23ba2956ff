// Parameters that several types of columns have.

import { type Chosen, instance, optional, text } from "@netwright/definitions";

export const unitParam = optional(text({ doc: "Unit of the values, for people and reports." }));

export const scaleParam = optional(
  instance({ family: "encoder", doc: "Encoder of this column in place of the section's `scale`." }),
);

export const missingParam = optional(
  instance({
    family: "missing",
    doc: "What to do about missing values of this column in place of the section's.",
  }),
);

/** Numbers as they are. */
export const UNSCALED: Chosen = { name: "none", args: {} };
