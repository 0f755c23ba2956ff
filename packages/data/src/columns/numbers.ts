// A column of lists of numbers, as many in each cell.

import { integer } from "@netwright/definitions";
import { MOST_NUMBERS } from "../preprocess/number-list.ts";
import { chosen, defineColumnType } from "./column-type.ts";
import { missingParam, scaleOf, scaleParam } from "./common-params.ts";

export const numbers = defineColumnType({
  name: "numbers",
  doc: "A column of lists of numbers, as many in each cell: `1 2 3`, `[1, 2, 3]` or `1;2;3`, with a decimal point. One of another length is refused.",
  formula: "x is a list of length numbers",
  example: "columns { Rooms: numbers(2) }",
  source: "pandas, `Series.str.split(expand=True)`",
  params: {
    length: integer({ min: 1, max: MOST_NUMBERS, doc: "How many numbers each cell holds." }),
    scale: { ...scaleParam, doc: "Scale of all the numbers, in place of the section's." },
    missing: missingParam,
  },
  takes: "words",
  contract: () => ({ values: null }),
  encoder: ({ length, scale }, section) => ({
    name: "number_list",
    args: { length, scale: scaleOf(scale, section) },
  }),
  missing: ({ missing }) => chosen(missing),
});
