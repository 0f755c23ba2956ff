// One number in the place of a missing value.

import { real } from "@netwright/definitions";
import { indicatorParam } from "./indicator.ts";
import { defineMissing } from "./policy.ts";

export const constant = defineMissing({
  name: "constant",
  doc: "Fills in a number that the file states, also when predicting: for counts of which nothing means none.",
  formula: "x = value",
  example: "columns { Rooms: number(missing: constant(0)) }",
  source: 'scikit-learn, `SimpleImputer(strategy="constant")`',
  params: {
    value: real({ doc: "The number, in the unit of the column." }),
    indicator: indicatorParam,
  },
  takes: ["number"],
  rows: "kept",
  marks: ({ indicator }) => indicator,
  fill: (_, { value }) => value + 0,
});
