// A number for each word: 1 for the word of the row, 0 for all others.

import { numbersOf } from "@netwright/definitions";
import type { EncoderParams, WordCoding } from "./encoder.ts";
import { defineWordEncoder, openWords, type WordForm } from "./word-encoder.ts";

const form: WordForm = {
  typeOf: (count) => numbersOf([count]),
  writeCode(code, count, start, into) {
    into.fill(0, start, start + count);
    if (code < count) into[start + code] = 1;
  },
};

export const oneHot = defineWordEncoder({
  name: "one_hot",
  doc: "One number for each word of the column, 1 for the word of the row and 0 for the others.",
  formula: "z[i] = 1 where x is word i, else 0",
  example: "columns { Rooms: category(encoder: one_hot(unknown: other)) }",
  source: "scikit-learn, `OneHotEncoder`",
  params: {},
  other: "0 for all words",
  ...form,
});

export function openOneHot(saved: EncoderParams): WordCoding | null {
  return openWords(form, saved);
}
