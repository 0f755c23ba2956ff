// A missing word is a word of its own.

import { defineMissing } from "./policy.ts";

export const ownClass = defineMissing({
  name: "own_class",
  doc: "In a column of words, a value that is missing is one more word: that it is missing may say something.",
  formula: 'x = ""',
  example: "columns { Rooms: category(missing: own_class) }",
  source: "scikit-learn, `OneHotEncoder`, which takes missing values for a category",
  params: {},
  takes: ["words"],
  rows: "kept",
  asWord: true,
});
