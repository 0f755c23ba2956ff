// The definitions that a column of the contract may have: `Age: number(unit: "days", min: 1, max: 365)`.

import { choice, type Definition, instance, optional, real, text } from "@netwright/definitions";

export const missingValues = ["error", "mean", "median", "drop"] as const;

export const numberColumnParams = {
  unit: optional(text({ doc: "Unit of the values, for people and reports." })),
  min: optional(real({ doc: "Least value that may occur, when training and when predicting." })),
  max: optional(real({ doc: "Greatest value that may occur." })),
  scale: optional(
    instance({ family: "encoder", doc: "Encoder of this column in place of the section's `scale`." }),
  ),
  missing: optional(
    choice({
      values: missingValues,
      doc: "What to do about missing values of this column in place of the section's.",
    }),
  ),
};

export const columnDefinitions: ReadonlyMap<string, Definition> = new Map([
  ["number", { name: "number", doc: "A column of numbers.", params: numberColumnParams }],
]);
