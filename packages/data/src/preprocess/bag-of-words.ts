// Texts by the words in them, of the most frequent ones in the training rows.

import { at, choice, integer, numbersOf } from "@netwright/definitions";
import { log } from "@netwright/ir/numerics";
import { countGrams } from "../texts/count-grams.ts";
import { gramsOf, type TextUnit } from "../texts/split-text.ts";
import type { EncoderParams, WordCoding } from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";
import {
  defineTextEncoder,
  isListOfGrams,
  lengthOf,
  readUnit,
  textCoding,
  textParams,
} from "./text-encoder.ts";

const weightings = ["presence", "count", "tf_idf"] as const;
type Weighting = (typeof weightings)[number];

export const bagOfWords = defineTextEncoder({
  name: "bag_of_words",
  doc: "One number for each of the most frequent words of the training rows: how much of it is in the text, whatever the order. Words are in lower case, letters and digits between signs and blanks; others than the most frequent ones are passed over.",
  formula: "z[i] = tf(i) idf(i) / |tf idf|, idf(i) = ln((1 + rows) / (1 + rows with i)) + 1",
  example: "columns { Rooms: text(bag_of_words(vocabulary: 100, weights: count)) }",
  source: "scikit-learn, `CountVectorizer`, `TfidfVectorizer`",
  params: {
    vocabulary: integer({ default: 256, min: 1, max: 100_000, doc: "How many words there are at most." }),
    weights: choice({
      values: weightings,
      default: "tf_idf",
      doc: "What the number of a word is: 1 where it is there, how often it is there, or that times how rare it is, over the length of all.",
    }),
    ...textParams,
  },
  // How many words there are, the table tells.
  output: () => null,
  fit(pieces, { vocabulary, weights, of, n }) {
    const length = lengthOf(of, n);
    const { rows, grams } = countGrams(pieces, (text) => gramsOf(text, of, length));
    const kept = grams.slice(0, vocabulary);
    const idf = kept.map((gram) => log(Math.fround((1 + rows) / (1 + gram.rows))) + 1);
    const learned = { of, n: length, weights, words: kept.map(({ gram }) => gram) };
    return weights === "tf_idf" ? { ...learned, idf } : learned;
  },
  open: openBagOfWords,
});

export function openBagOfWords(params: EncoderParams): WordCoding | null {
  const learned = readLearned(params);
  if (learned === null) return null;
  const places = new Map(learned.words.map((word, i) => [word, i]));
  // A column of texts without a word is one number all the same, 0.
  const width = Math.max(learned.words.length, 1);
  return textCoding(numbersOf([width]), "other", (text) =>
    weighed(countsIn(text, learned, places, width), learned),
  );
}

interface Learned {
  readonly of: TextUnit;
  readonly n: number;
  readonly weights: Weighting;
  readonly words: readonly string[];
  /** One for each word; empty where they have no weights. */
  readonly idf: readonly number[];
}

function countsIn(
  text: string,
  { of, n }: Learned,
  places: ReadonlyMap<string, number>,
  width: number,
): Float64Array {
  const counts = new Float64Array(width);
  for (const gram of gramsOf(text, of, n)) {
    const place = places.get(gram);
    if (place !== undefined) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

function weighed(counts: Float64Array, { weights, idf }: Learned): Float64Array {
  if (weights === "count") return counts;
  if (weights === "presence") return counts.map((count) => Math.min(count, 1));
  const numbers = counts.map((count, i) => (count === 0 ? 0 : count * at(idf, i)));
  const length = Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0));
  return length === 0 ? numbers : numbers.map((x) => x / length);
}

function readLearned({ of, n, weights, words, idf = [] }: EncoderParams): Learned | null {
  const unit = readUnit(of, n);
  const weighting = weightings.find((one) => one === weights);
  if (unit === null || weighting === undefined || !isListOfGrams(words)) return null;
  const sound = Array.isArray(idf) && idf.every((x) => isFiniteNumber(x) && x > 0);
  if (!sound || idf.length !== (weighting === "tf_idf" ? words.length : 0)) return null;
  return { ...unit, weights: weighting, words, idf };
}
