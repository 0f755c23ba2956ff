// What makes numbers of a column, as data for hosts: of what the encoder has learned, as far as that is no code.

import { encoders, type OpenNumbers, type OpenWords } from "@netwright/data";
import type { NumberCoding, UnknownWord, WordCoding } from "@netwright/formats";
import { sizeOf } from "@netwright/ir";

export function numberCoding({ coding, encoder, fitted }: OpenNumbers): NumberCoding {
  const steps = coding.scaling?.steps?.apply;
  if (steps !== undefined) return { kind: "steps", steps };
  const other = { kind: "other", encoder: encoder.name } as const;
  // Whoever brings an encoder of a known name has another one.
  if (encoders.get(encoder.name) !== encoder) return other;
  const { edges, bins, mean, std, frequencies, quantiles, distribution } = fitted.params;
  switch (encoder.name) {
    case "piecewise_linear":
      return isNumbers(edges) && isNumber(bins) ? { kind: "bins", edges, bins } : other;
    case "periodic":
      return isNumber(mean) && isNumber(std) && isNumbers(frequencies)
        ? { kind: "waves", mean, std, frequencies }
        : other;
    case "quantile":
      return isNumbers(quantiles) && (distribution === "uniform" || distribution === "normal")
        ? { kind: "ranks", quantiles, distribution }
        : other;
    default:
      return other;
  }
}

export function wordCoding({ coding, encoder, fitted }: OpenWords): WordCoding {
  const { words, unknown, output } = coding;
  const other = { kind: "other", encoder: encoder.name } as const;
  if (words.length === 0 || coding.readsParts === true || coding.many !== undefined) return other;
  const rule = UNKNOWN[unknown];
  if (rule === undefined) return other;
  const { rare } = fitted.params;
  const vocabulary = { words, unknown: rule, rare: isTexts(rare) ? rare : [] };
  const hasOthers = rule === "others" || vocabulary.rare.length > 0;
  if (output.kind === "index")
    return output.shape.length === 0 ? { kind: "index", of: output.of, ...vocabulary } : other;
  const width = sizeOf(output.shape);
  const [another = strangerTo(words)] = vocabulary.rare;
  const rows = rowsFor(coding, hasOthers ? [...words, another] : words, width);
  const own = rows.slice(0, words.length);
  const others = rows[words.length] ?? null;
  if (isOneHot(own, others)) return { kind: "one_hot", ...vocabulary };
  return { kind: "numbers", rows: own, others, ...vocabulary };
}

/** Encoders whose words are read, hashed or told apart by parts have no entry. */
const UNKNOWN: Readonly<Partial<Record<string, UnknownWord>>> = {
  error: "refused",
  other: "others",
  missing: "missing",
  mean: "others",
};

/** What the encoder writes for each of the words. */
function rowsFor(
  coding: OpenWords["coding"],
  words: readonly string[],
  width: number,
): readonly (readonly number[])[] {
  const into = new Float32Array(words.length * width);
  const codes = Int32Array.from(words, (_, i) => i);
  coding.writer(words)(codes, { into, at: 0, width });
  return words.map((_, i) => Array.from(into.subarray(i * width, (i + 1) * width)));
}

function isOneHot(rows: readonly (readonly number[])[], others: readonly number[] | null): boolean {
  const isUnit = rows.every(
    (row, i) => row.length === rows.length && row.every((x, j) => x === (i === j ? 1 : 0)),
  );
  return isUnit && (others === null || others.every((x) => x === 0));
}

/** A word that is none of these. */
export function strangerTo(words: readonly string[]): string {
  let word = "something else";
  while (words.includes(word)) word += " again";
  return word;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isNumber);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
