// A word as what the target is on average where it stands.

import { at, type Documented, definer, float64At, integer, numbersOf, real } from "@netwright/definitions";
import type { Words } from "../table/table.ts";
import { inOrder } from "./count-words.ts";
import {
  type EncoderParams,
  type TargetRows,
  type WordCoding,
  type WordEncoder,
  wordByWord,
} from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";

interface Means {
  readonly words: readonly string[];
  /** A list for each word. */
  readonly means: readonly (readonly number[])[];
  /** Of all rows. */
  readonly overall: readonly number[];
}

const define = definer<Documented & Omit<WordEncoder, "takes">>({});

export const targetMean: WordEncoder = {
  takes: "words",
  ...define({
    name: "target_mean",
    doc: "The mean of the target over the training rows that have the word: of numbers as the network is given them, of two classes the share of the second, of more classes the share of each. Words with few rows are drawn to the mean of all. Training rows are encoded by folds they are not in, so that none tells of its own target; all others by all training rows. A word that training has not seen is the mean of all.",
    formula: "z = (sum of y where x is the word + smoothing * mean of y) / (rows of the word + smoothing)",
    example: "columns { Rooms: category(encoder: target_mean) }",
    source: "Micci-Barreca 2001; scikit-learn, `TargetEncoder(smooth=...)`, with its cross fitting",
    params: {
      smoothing: real({
        doc: "How many rows the mean of all counts as in that of each word.",
        default: 10,
        min: 0,
      }),
      folds: integer({ doc: "Into how many folds training rows are dealt.", default: 5, min: 2, max: 1000 }),
      seed: integer({ doc: "What they are dealt by.", default: 0, min: 0, max: Number.MAX_SAFE_INTEGER }),
    },
    range: () => ({ min: null, max: null }),
    // As many numbers as the target tells.
    output: () => null,
    folds: ({ folds, seed }) => ({ count: folds, seed }),
    fit(pieces, { smoothing }, _, target) {
      if (target === null) throw new Error("target_mean learns of a target");
      return meansOf(pieces, target, smoothing);
    },
    open: openTargetMean,
  }),
};

export function openTargetMean(params: EncoderParams): WordCoding | null {
  const read = readMeans(params);
  if (read === null) return null;
  const { words, means, overall } = read;
  const codes = new Map(words.map((word, code) => [word, code]));
  return {
    takes: "words",
    output: numbersOf([overall.length]),
    words,
    unknown: "mean",
    knows: () => true,
    writer(given) {
      const own = given.map((word) => means[codes.get(word) ?? -1] ?? overall);
      return wordByWord((code, start, into) => {
        for (const [i, mean] of at(own, code).entries()) into[start + i] = mean;
      });
    },
  };
}

/** At least one row. */
function meansOf(pieces: Iterable<Words>, { width, values }: TargetRows, smoothing: number): EncoderParams {
  const all = new Sums(width);
  const ofWords = new Map<string, Sums>();
  let row = 0;
  for (const { codes, words } of pieces) {
    const own = words.map((word) => {
      const known = ofWords.get(word) ?? new Sums(width);
      ofWords.set(word, known);
      return known;
    });
    for (const code of codes) {
      const target = values.subarray(row * width, (row + 1) * width);
      all.add(target);
      at(own, code).add(target);
      row += 1;
    }
  }
  const overall = all.means();
  const words = inOrder(ofWords.keys()).filter((word) => (ofWords.get(word)?.rows ?? 0) > 0);
  const means = words.map((word) => ofWords.get(word)?.drawnTo(overall, smoothing) ?? overall);
  return { words, means, overall };
}

class Sums {
  rows = 0;
  readonly #sums: Float64Array;

  constructor(width: number) {
    this.#sums = new Float64Array(width);
  }

  add(target: Float64Array): void {
    this.rows += 1;
    for (const [i, y] of target.entries()) this.#sums[i] = float64At(this.#sums, i) + y;
  }

  means(): number[] {
    return this.drawnTo(new Array<number>(this.#sums.length).fill(0), 0);
  }

  drawnTo(means: readonly number[], rows: number): number[] {
    // JSON has no -0.
    return Array.from(this.#sums, (sum, i) => (sum + rows * at(means, i)) / (this.rows + rows) + 0);
  }
}

function readMeans({ words, means, overall }: EncoderParams): Means | null {
  if (!isNumbers(overall) || overall.length === 0 || !Array.isArray(words) || !Array.isArray(means))
    return null;
  const isSound =
    words.every((word) => typeof word === "string") &&
    new Set(words).size === words.length &&
    means.length === words.length &&
    means.every((each) => isNumbers(each) && each.length === overall.length);
  return isSound ? { words, means, overall } : null;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isFiniteNumber);
}
