// A column of numbers.

import { optional, real } from "@netwright/definitions";
import { chosen, defineColumnType } from "./column-type.ts";
import { clampParam, missingParam, scaleParam, unitParam } from "./common-params.ts";

export const number = defineColumnType({
  name: "number",
  doc: "A column of numbers.",
  formula: "min <= x <= max",
  example: 'columns { Age: number(unit: "years", min: 0, max: 200) }',
  source: "pandas, `float64`",
  params: {
    unit: unitParam,
    min: optional(real({ doc: "Least value that may occur, when training and when predicting." })),
    max: optional(real({ doc: "Greatest value that may occur." })),
    scale: scaleParam,
    missing: missingParam,
    clamp: clampParam,
  },
  takes: "number",
  conflict: ({ min, max }) =>
    min !== null && max !== null && min > max
      ? { parameter: "max", problem: `is ${max}, less than its \`min\`, ${min}` }
      : null,
  bounds: ({ min, max }) => ({ min, max }),
  contract: ({ unit, min, max }) => ({ unit, min, max }),
  encoder: ({ scale }) => chosen(scale),
  missing: ({ missing }) => chosen(missing),
  clamps: ({ clamp }) => clamp,
});
