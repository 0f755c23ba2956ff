// Parameters that several types of columns have.

import { type Chosen, flag, type Instance, instance, optional, text } from "@netwright/definitions";

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

export const clampParam = flag({
  doc: "Of a target: whether predictions are held within the range of the training rows.",
  default: false,
});

/** Numbers as they are. */
export const UNSCALED: Chosen = { name: "none", args: {} };

/** The scale that a column of several numbers has: its own, or else that of the section. */
export function scaleOf(own: Instance | null, section: Chosen | null): Instance {
  if (own !== null) return own;
  const { name, args } = section ?? { name: "zscore", args: {} };
  // It stands in no place of its own.
  return { family: "encoder", name, args, span: { file: "", start: 0, end: 0 } };
}
