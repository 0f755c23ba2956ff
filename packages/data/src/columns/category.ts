// A column of words, of which many rows have the same.

import { instance, list, optional, repeated, text } from "@netwright/definitions";
import { chosen, defineColumnType } from "./column-type.ts";
import { missingParam } from "./common-params.ts";

export const category = defineColumnType({
  name: "category",
  doc: "A column of words, or of numbers that stand for something: each different one is a category.",
  formula: "x is one of values",
  example: 'columns { Rooms: category(values: ["one", "two", "many"]) }',
  source: "pandas, `Categorical`",
  params: {
    values: optional(
      list(text({ doc: "" }), {
        doc: "The words that may occur, in their order; without them, those of the training split.",
      }),
    ),
    encoder: optional(
      instance({
        family: "encoder",
        doc: "What a word becomes for the network, in place of the section's `categories`.",
      }),
    ),
    missing: missingParam,
  },
  takes: "words",
  conflict({ values }) {
    const [twice] = repeated(values ?? []);
    if (twice !== undefined) return { parameter: "values", problem: `has ${JSON.stringify(twice)} twice` };
    if (values?.includes("") === true)
      return { parameter: "values", problem: 'has "", which no cell can hold' };
    return values?.length === 0 ? { parameter: "values", problem: "names no word" } : null;
  },
  words: ({ values }) => values,
  contract: ({ values }) => ({ values }),
  encoder: ({ encoder }) => chosen(encoder),
  missing: ({ missing }) => chosen(missing),
});
