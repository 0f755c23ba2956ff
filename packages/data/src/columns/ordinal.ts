// A column of words that are in an order, which the file states.

import { instance, list, repeated, text } from "@netwright/definitions";
import { chosen, defineColumnType } from "./column-type.ts";
import { missingParam } from "./common-params.ts";

export const ordinal = defineColumnType({
  name: "ordinal",
  doc: "A column of words that are in an order, from the least to the greatest, such as sizes and grades.",
  formula: "x is one of values[0] < values[1] < ...",
  example: 'columns { Rooms: ordinal(["one", "two", "many"]) }',
  source: "pandas, `Categorical(ordered=True)`",
  params: {
    values: list(text({ doc: "" }), { doc: "All words that may occur, from the least to the greatest." }),
    encoder: instance({
      family: "encoder",
      default: "thermometer",
      doc: "What a word becomes for the network; `thermometer` keeps the order.",
    }),
    missing: missingParam,
  },
  takes: "words",
  conflict({ values }) {
    const [twice] = repeated(values);
    if (twice !== undefined) return { parameter: "values", problem: `has ${JSON.stringify(twice)} twice` };
    if (values.includes("")) return { parameter: "values", problem: 'has "", which no cell can hold' };
    return values.length < 2 ? { parameter: "values", problem: "needs two words for an order" } : null;
  },
  words: ({ values }) => values,
  contract: ({ values }) => ({ values }),
  encoder: ({ encoder }) => chosen(encoder),
  missing: ({ missing }) => chosen(missing),
});
