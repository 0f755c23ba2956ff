// A number below that of the different words for each of them: what an embedding takes, and a class that is predicted.

import type { EncoderParams, WordCoding } from "./encoder.ts";
import { defineWordEncoder, openWords, type WordForm } from "./word-encoder.ts";

const form: WordForm = {
  typeOf: (count, others) => ({ kind: "index", shape: [], of: others ? count + 1 : count }),
  writeCode(code, _, start, into) {
    into[start] = code;
  },
};

export const ordinal = defineWordEncoder({
  name: "ordinal",
  doc: "The number of the word among the words of the column, from 0, in their order.",
  formula: "z = i where x is word i",
  example: "columns { Rooms: category(encoder: ordinal) }",
  source: "scikit-learn, `OrdinalEncoder`",
  params: {},
  other: "the number behind all of them",
  ...form,
});

export function openOrdinal(saved: EncoderParams): WordCoding | null {
  return openWords(form, saved);
}
