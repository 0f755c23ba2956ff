// A column of texts, of which each row may have another.

import { instance } from "@netwright/definitions";
import { chosen, defineColumnType } from "./column-type.ts";
import { missingParam } from "./common-params.ts";

export const text = defineColumnType({
  name: "text",
  doc: "A column of short texts, such as titles and remarks: a text becomes numbers by the words in it. An empty cell is a text without words, unless `missing` says something else.",
  formula: "x is a text",
  example: "columns { Rooms: text(bag_of_words(vocabulary: 100)) }",
  source: "Keras, `TextVectorization`",
  params: {
    encoder: instance({
      family: "encoder",
      default: "bag_of_words",
      doc: "What a text becomes: `bag_of_words`, `hashed_words`, or `word_sequence` for an embedding.",
    }),
    missing: missingParam,
  },
  takes: "words",
  contract: () => ({ values: null }),
  encoder: ({ encoder }) => chosen(encoder),
  missing: ({ missing }) => chosen(missing) ?? { name: "own_class", args: {} },
});
