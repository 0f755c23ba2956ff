// The parameter of rules that fill in: whether the column tells which values are.

import { flag } from "@netwright/definitions";

export const indicatorParam = flag({
  default: false,
  doc: "Adds a number to those of the column: 1 in rows that lack a value, 0 in others.",
});
