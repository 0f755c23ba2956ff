// Rows with missing values are left out.

import { defineMissing } from "./policy.ts";

export const drop = defineMissing({
  name: "drop",
  doc: "Leaves rows with a missing value out of training and evaluation; how many they are is said.",
  formula: "rows with x alone",
  example: "missing: drop",
  source: "pandas, `DataFrame.dropna`",
  params: {},
  rows: "left out",
});
