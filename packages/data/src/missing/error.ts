// Missing values are mistakes.

import { defineMissing } from "./policy.ts";

export const error = defineMissing({
  name: "error",
  doc: "A missing value is an error that names its row.",
  formula: "x must be there",
  example: "missing: error",
  source: "pandas, `read_csv` before any `fillna`",
  params: {},
  rows: "kept",
});
