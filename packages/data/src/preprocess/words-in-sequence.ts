// The way back from the numbers of `word_sequence` to words.

import type { FittedColumn } from "../fitted/fitted-encoders.ts";
import { isListOfGrams } from "./text-encoder.ts";
import { FIRST, PADDING, wordSequence } from "./word-sequence.ts";

/** Without the padding behind the last word; "?" for one that is not in the vocabulary. Null for a column of another encoder. */
export function wordsInSequence(
  { encoder, params }: Pick<FittedColumn, "encoder" | "params">,
  numbers: ArrayLike<number>,
): readonly string[] | null {
  const words = params["words"];
  if (encoder !== wordSequence.name || !isListOfGrams(words)) return null;
  const given = Array.from(numbers);
  const end = given.indexOf(PADDING);
  return (end < 0 ? given : given.slice(0, end)).map((number) => words[number - FIRST] ?? "?");
}
