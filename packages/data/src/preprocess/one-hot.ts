// A number for each word: 1 for the word of the row, 0 for all others.

import { numbersOf } from "@netwright/definitions";
import { defineWordEncoder } from "./word-encoder.ts";

export const oneHot = defineWordEncoder({
  name: "one_hot",
  doc: "One number for each word of the column, 1 for the word of the row and 0 for the others.",
  formula: "z[i] = 1 where x is word i, else 0",
  example: "columns { Rooms: category(encoder: one_hot(unknown: other)) }",
  source: "scikit-learn, `OneHotEncoder`",
  params: {},
  other: "0 for all words",
  typeOf: (count) => numbersOf([count]),
  writeCode(code, count, start, into) {
    into.fill(0, start, start + count);
    if (code < count) into[start + code] = 1;
  },
});
