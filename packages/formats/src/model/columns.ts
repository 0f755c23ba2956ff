// The columns that go into a model, as a format is told of them: what a cell may be, what becomes of a missing one, and what
// makes numbers of it, as data that any host can carry out.

import type { ScalingStep, SeenValues } from "@netwright/data";

/** Where the numbers of a column go: `size` of them, from `at` on in a row of that input of the network, row-major. */
export interface ColumnPlace {
  readonly input: string;
  /** Of windows: in each of their rows. */
  readonly at: number;
  /** With the indicator of missing values, which is the last of them. */
  readonly size: number;
}

/** What becomes of a cell that is empty, NULL or NaN. */
export type Missing<V extends number | string> =
  /** A mistake of whoever asks: there is no prediction. */
  | { readonly kind: "refused" }
  /** It is `by`, in original units; `indicator` says whether one more number is 1 then, and else 0. */
  | { readonly kind: "filled"; readonly by: V; readonly indicator: boolean }
  /** It is the word "", which is among the words of the column. */
  | { readonly kind: "own_word" };

/** What makes numbers of a number. A host computes in f64 and rounds each result to f32 once, at the end. */
export type NumberCoding =
  /** One number: the steps one after the other. */
  | { readonly kind: "steps"; readonly steps: readonly ScalingStep[] }
  /**
   * `bins` numbers, how far x has come through each bin between two of the `edges`, which ascend: 1 for those below, 0 for those
   * above and for those that have no edges; the first and the last bin go on beyond. One edge alone: all are 0.
   */
  | { readonly kind: "bins"; readonly edges: readonly number[]; readonly bins: number }
  /** sin(2 pi c s) for each of the `frequencies` c, then cos(2 pi c s) for each; s = (x - mean) / std. */
  | {
      readonly kind: "waves";
      readonly mean: number;
      readonly std: number;
      readonly frequencies: readonly number[];
    }
  /** One number: the share of values below x, between `quantiles`, which ascend at even steps; or the normal quantile of it. */
  | {
      readonly kind: "ranks";
      readonly quantiles: readonly number[];
      readonly distribution: "uniform" | "normal";
    }
  /** What no host is told how to compute: the encoder of that name. */
  | { readonly kind: "other"; readonly encoder: string };

/** What becomes of a word that is none of `words`. */
export type UnknownWord =
  /** A mistake of whoever asks: there is no prediction. */
  | "refused"
  /** What the coding says of others. */
  | "others"
  /** A missing value, with which `missing` is at home. */
  | "missing";

interface Vocabulary {
  /** In the order of their numbers; each once. "" is a missing value, where that is a word of its own. */
  readonly words: readonly string[];
  readonly unknown: UnknownWord;
  /** Words that are taken as others, whatever `unknown` says: training had too few rows with them. */
  readonly rare: readonly string[];
}

/** What makes numbers of a word. */
export type WordCoding =
  /** As many numbers as words, 1 for the word of the row, else 0. Of others: all 0. */
  | ({ readonly kind: "one_hot" } & Vocabulary)
  /** One index below `of`, the place of the word from 0 on. Of others: `words.length`. */
  | ({ readonly kind: "index"; readonly of: number } & Vocabulary)
  /** The numbers at the place of the word, [words x numbers]. `others` is null where there are none. */
  | ({
      readonly kind: "numbers";
      readonly rows: readonly (readonly number[])[];
      readonly others: readonly number[] | null;
    } & Vocabulary)
  /** What no host is told how to compute: the encoder of that name. */
  | { readonly kind: "other"; readonly encoder: string };

interface AnyColumn {
  readonly name: string;
  readonly place: ColumnPlace;
}

export interface NumberColumn extends AnyColumn {
  readonly kind: "number";
  readonly unit: string | null;
  /** Least and greatest value allowed, in original units; null for no limit. A value beyond is a mistake. */
  readonly min: number | null;
  readonly max: number | null;
  /** A host is given truth values as 1 and 0, and dates as seconds since 1970-01-01T00:00:00. */
  readonly holds: "numbers" | "whole numbers" | "truth values" | "dates";
  readonly missing: Missing<number>;
  readonly coding: NumberCoding;
  /** Of the training rows; null in runs that were saved before it was kept. */
  readonly seen: SeenValues | null;
}

export interface WordColumn extends AnyColumn {
  readonly kind: "words";
  /** The words that the file states: another one is a mistake, whatever the coding says. Null where it states none. */
  readonly values: readonly string[] | null;
  readonly missing: Missing<string>;
  readonly coding: WordCoding;
}

export type PortableColumn = NumberColumn | WordColumn;
