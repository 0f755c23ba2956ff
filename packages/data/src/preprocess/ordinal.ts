// A number below that of the different words for each of them: what an embedding takes, and a class that is predicted.

import { defineWordEncoder } from "./word-encoder.ts";

export const ordinal = defineWordEncoder({
  name: "ordinal",
  doc: "The number of the word among the words of the column, from 0, in their order.",
  formula: "z = i where x is word i",
  example: "columns { Rooms: category(encoder: ordinal) }",
  source: "scikit-learn, `OrdinalEncoder`",
  params: {},
  other: "the number behind all of them",
  typeOf: (count, others) => ({ kind: "index", shape: [], of: others ? count + 1 : count }),
  writeCode(code, _, start, into) {
    into[start] = code;
  },
});
