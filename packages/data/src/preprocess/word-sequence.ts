// Texts as the numbers of their words in order: what an embedding takes.

import { integer, type ValueType } from "@netwright/definitions";
import { countGrams } from "../texts/count-grams.ts";
import { gramsOf } from "../texts/split-text.ts";
import type { EncoderParams, WordCoding } from "./encoder.ts";
import {
  defineTextEncoder,
  isCount,
  isListOfGrams,
  lengthOf,
  readUnit,
  textCoding,
  textParams,
} from "./text-encoder.ts";

/** What stands behind the last word, and what for a word that is none of the vocabulary. */
export const PADDING = 0;
const UNKNOWN = 1;
export const FIRST = 2;

const LONGEST = 100_000;
const MOST_WORDS = 1_000_000;

export const wordSequence = defineTextEncoder({
  name: "word_sequence",
  doc: "The numbers of the first words of a text, in order, an input of its own for an `embedding`: 0 behind the last word, 1 for a word that is not among the most frequent ones of the training rows, and from 2 on those, the most frequent first.",
  formula: "z[t] = 2 + rank of word t; 1 where it has none; 0 where there is no word t",
  example: "columns { Rooms: text(word_sequence(length: 16, vocabulary: 500)) }",
  source: 'Keras, `TextVectorization(output_mode="int")`',
  params: {
    length: integer({ default: 32, min: 1, max: LONGEST, doc: "How many words are taken." }),
    vocabulary: integer({
      default: 1000,
      min: 1,
      max: MOST_WORDS,
      doc: "How many words have a number of their own at most.",
    }),
    ...textParams,
  },
  pads: true,
  // How many words there are, the table tells.
  output: () => null,
  fit(pieces, { length, vocabulary, of, n }) {
    const unit = lengthOf(of, n);
    const { grams } = countGrams(pieces, (text) => gramsOf(text, of, unit));
    return { length, of, n: unit, words: grams.slice(0, vocabulary).map(({ gram }) => gram) };
  },
  open: openWordSequence,
});

export function openWordSequence({ length, of, n, words }: EncoderParams): WordCoding | null {
  const unit = readUnit(of, n);
  if (unit === null || !isCount(length, LONGEST) || !isListOfGrams(words)) return null;
  const places = new Map(words.map((word, i) => [word, FIRST + i]));
  return textCoding(typeOf(length, words.length), "other", (text) => {
    const numbers = new Int32Array(length).fill(PADDING);
    const grams = gramsOf(text, unit.of, unit.n).slice(0, length);
    for (const [t, gram] of grams.entries()) numbers[t] = places.get(gram) ?? UNKNOWN;
    return numbers;
  });
}

function typeOf(length: number, words: number): ValueType {
  return { kind: "index", shape: [length], of: words + FIRST };
}
