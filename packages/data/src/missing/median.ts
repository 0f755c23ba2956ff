// The median in the place of a missing value.

import { float64At } from "@netwright/definitions";
import { indicatorParam } from "./indicator.ts";
import { defineMissing } from "./policy.ts";

export const median = defineMissing({
  name: "median",
  doc: "Fills in the median of the values that the training rows have, also when predicting.",
  formula: "x = median of the training rows",
  example: "missing: median",
  source: 'scikit-learn, `SimpleImputer(strategy="median")`',
  params: { indicator: indicatorParam },
  takes: ["number"],
  rows: "kept",
  marks: ({ indicator }) => indicator,
  /** The middle value, or halfway between the two middle ones. */
  fill(present) {
    const sorted = present.slice().sort();
    const middle = sorted.length >> 1;
    const upper = float64At(sorted, middle);
    if (sorted.length % 2 === 1) return upper + 0;
    return (float64At(sorted, middle - 1) + upper) / 2 + 0;
  },
});
