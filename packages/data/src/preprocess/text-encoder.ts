// What encoders of texts share: every text becomes as many numbers as every other, and any text is taken, also an empty one
// and one of words that training has not seen.

import {
  choice,
  definer,
  integer,
  optional,
  type Params,
  type Spec,
  type ValueType,
} from "@netwright/definitions";
import { type TextUnit, textUnits } from "../texts/split-text.ts";
import type { UnknownWords, WordCoding, WordEncoder } from "./encoder.ts";

/** An encoder of words that reads each of them, in place of telling them apart. */
export function defineTextEncoder<P extends Params>(
  spec: Omit<Spec<WordEncoder, P, "range" | "folds">, "takes" | "params"> & { readonly params: P },
): WordEncoder {
  const define = definer<Omit<WordEncoder, "takes">, "range" | "folds">({
    range: () => ({ min: null, max: null }),
    folds: null,
  });
  return { ...define(spec), takes: "words" };
}

export const textParams = {
  of: choice({
    values: textUnits,
    default: "words",
    doc: "What texts consist of: words, or characters, as in languages without blanks, and where words are misspelt.",
  }),
  n: optional(
    integer({
      min: 1,
      max: 10,
      doc: "How many words or characters in a row count as one; without it 1 word, or 3 characters.",
    }),
  ),
};

export function lengthOf(unit: TextUnit, n: number | null): number {
  return n ?? (unit === "words" ? 1 : 3);
}

/**
 * `numbersOf` gives the numbers of one text, as many as the type has. Each different text is encoded once, in its first row.
 * `unknown` is what becomes of a part of it that training has not seen.
 */
export function textCoding(
  output: ValueType,
  unknown: UnknownWords,
  numbersOf: (text: string) => ArrayLike<number>,
): WordCoding {
  const size = output.shape.reduce((product, length) => product * length, 1);
  return {
    takes: "words",
    output,
    words: [],
    readsTexts: true,
    unknown,
    knows: () => true,
    write({ codes, words }, { into, at: first, width }) {
      const firstOf = new Map<number, number>();
      let start = first;
      for (const code of codes) {
        const known = firstOf.get(code);
        if (known !== undefined) into.copyWithin(start, known, known + size);
        else {
          into.set(numbersOf(words[code] ?? ""), start);
          firstOf.set(code, start);
        }
        start += width;
      }
    },
  };
}

/** Whether what was read back says how texts are split. */
export function readUnit(of: unknown, n: unknown): { readonly of: TextUnit; readonly n: number } | null {
  const unit = textUnits.find((one) => one === of);
  return unit !== undefined && isCount(n, 10) ? { of: unit, n } : null;
}

export function isCount(value: unknown, most: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1 && value <= most;
}

/** Words that are saved: each once. */
export function isListOfGrams(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.every((word) => typeof word === "string" && word !== "") &&
    new Set(value).size === value.length
  );
}
