// The mean in the place of a missing value.

import { indicatorParam } from "./indicator.ts";
import { defineMissing } from "./policy.ts";

export const mean = defineMissing({
  name: "mean",
  doc: "Fills in the mean of the values that the training rows have, also when predicting.",
  formula: "x = mean of the training rows",
  example: "missing: mean",
  source: 'scikit-learn, `SimpleImputer(strategy="mean")`',
  params: { indicator: indicatorParam },
  takes: ["number"],
  rows: "kept",
  marks: ({ indicator }) => indicator,
  fill(present) {
    let sum = 0;
    for (const x of present) sum += x;
    return sum / present.length + 0;
  },
});
