// A column of whole numbers.

import { optional, integer as wholeNumber } from "@netwright/definitions";
import { chosen, defineColumnType } from "./column-type.ts";
import { clampParam, missingParam, scaleParam, unitParam } from "./common-params.ts";

export const integer = defineColumnType({
  name: "integer",
  doc: "A column of whole numbers, such as counts; one with a fraction is refused.",
  formula: "min <= x <= max, x whole",
  example: 'columns { Rooms: integer(min: 1, max: 20, unit: "rooms") }',
  source: "pandas, `Int64`",
  params: {
    min: optional(wholeNumber({ doc: "Least value that may occur, when training and when predicting." })),
    max: optional(wholeNumber({ doc: "Greatest value that may occur." })),
    unit: unitParam,
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
  contract: ({ unit, min, max }) => ({ unit, min, max, whole: true }),
  encoder: ({ scale }) => chosen(scale),
  missing: ({ missing }) => chosen(missing),
  clamps: ({ clamp }) => clamp,
});
