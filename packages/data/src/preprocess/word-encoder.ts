// What encoders of words share: the words that they tell apart, in order, and what they do about others.

import {
  type Args,
  choice,
  type Documented,
  definer,
  int32At,
  integer,
  optional,
  type Params,
  type Spec,
  type ValueType,
} from "@netwright/definitions";
import type { Words } from "../table/table.ts";
import { countWords } from "./count-words.ts";
import { type EncoderParams, type Place, type WordCoding, type WordEncoder, wordByWord } from "./encoder.ts";

/** What becomes of a word that training has not seen. */
const unknownPolicies = ["error", "other", "missing"] as const;
type Unknown = (typeof unknownPolicies)[number];

/** What an encoder of words has learned. */
interface Vocabulary {
  readonly words: readonly string[];
  readonly unknown: Unknown;
  /** Words of the training rows that are too rare to be told apart; absent where there are none, or all others are so. */
  readonly rare?: readonly string[];
}

/** What becomes of the numbers of words. */
export interface WordForm {
  /** What a word of `count` becomes; `others` where there may be words beside them. A missing word may be among `words`. */
  readonly typeOf: (count: number, others: boolean, words: readonly string[]) => ValueType;
  /** Writes the word of number `code`, `count` for another one, to `place.into` from `start` on. */
  readonly writeCode: (
    code: number,
    count: number,
    start: number,
    into: Place["into"],
    words: readonly string[],
  ) => void;
}

type WordSpec = WordForm & Documented;

const define = definer<WordSpec>({});

/** `other` is what the encoder makes of a word that it does not know, as a sentence goes on. */
export function defineWordEncoder<P extends Params>(
  spec: Omit<Spec<WordSpec, P>, "params"> & { readonly params: P; readonly other: string },
): WordEncoder {
  const { other, ...rest } = spec;
  const params = {
    ...rest.params,
    unknown: choice({
      values: unknownPolicies,
      default: "error",
      doc: `What a word that training has not seen is: an error, with \`other\` ${other}, or with \`missing\` a missing value, which the column then needs a rule for.`,
    }),
    min_count: integer({
      default: 1,
      min: 1,
      doc: `In how many training rows a word has to be; a rarer one is ${other}.`,
    }),
    most: optional(
      integer({
        min: 1,
        doc: `How many words are told apart, the most frequent ones; any other is ${other}.`,
      }),
    ),
  };
  const { typeOf, writeCode, ...definition } = define({ ...rest, params });
  return {
    ...definition,
    takes: "words",
    // How many are frequent the table tells.
    output(stated, args) {
      const kept = keptOf(args);
      if (stated === null || !keepsAll(kept)) return null;
      return typeOf(stated.length, args["unknown"] === "other", stated);
    },
    range: () => ({ min: null, max: null }),
    fit(pieces, args, stated) {
      const { unknown } = args;
      const { words, rare } = vocabularyOf(pieces, stated, keptOf(args));
      if (words.length === 0) return null;
      return { words, unknown, ...(rare.length === 0 || unknown === "other" ? {} : { rare }) };
    },
    folds: null,
    open: (saved) => openWords({ typeOf, writeCode }, saved),
  };
}

/** The coding of a vocabulary that was learned; `null` where it is none. */
export function openWords({ typeOf, writeCode }: WordForm, saved: EncoderParams): WordCoding | null {
  const vocabulary = readVocabulary(saved);
  if (vocabulary === null) return null;
  const { words, unknown, rare = [] } = vocabulary;
  const codes = new Map(words.map((word, code) => [word, code]));
  const rarely = new Set(rare);
  const takesAny = unknown === "other";
  // The splits of a table have one list of words, which may be long.
  const known = new WeakMap<readonly string[], Int32Array>();
  return {
    takes: "words",
    output: typeOf(words.length, takesAny || rarely.size > 0, words),
    words,
    unknown,
    knows: (word) => takesAny || codes.has(word) || rarely.has(word),
    writer(given) {
      const own = known.get(given) ?? Int32Array.from(given, (word) => codes.get(word) ?? words.length);
      known.set(given, own);
      return wordByWord((code, start, into) =>
        writeCode(int32At(own, code), words.length, start, into, words),
      );
    },
  };
}

/** Which words are frequent enough. */
interface Kept {
  readonly minCount: number;
  readonly most: number;
}

function keptOf({ min_count, most }: Args): Kept {
  return {
    minCount: typeof min_count === "number" ? min_count : 1,
    most: typeof most === "number" ? most : Number.POSITIVE_INFINITY,
  };
}

function keepsAll({ minCount, most }: Kept): boolean {
  return minCount <= 1 && most === Number.POSITIVE_INFINITY;
}

/** A list of words may hold some that no row has. Those that the file states keep its order. */
function vocabularyOf(
  pieces: Iterable<Words>,
  stated: readonly string[] | null,
  kept: Kept,
): { readonly words: readonly string[]; readonly rare: readonly string[] } {
  if (stated !== null && keepsAll(kept)) return { words: stated, rare: [] };
  const counted = countWords(pieces);
  if (stated === null && keepsAll(kept)) return { words: counted.map(({ word }) => word), rare: [] };
  const rows = new Map(counted.map((one) => [one.word, one.rows]));
  const all = stated ?? counted.map(({ word }) => word);
  // That a value is missing is asked for, and told however rare it is.
  const rowsOf = (word: string) => (word === "" ? Number.POSITIVE_INFINITY : (rows.get(word) ?? 0));
  const enough = all.filter((word) => rowsOf(word) >= kept.minCount);
  // Of words that are as frequent, those that come first in order.
  const byRows = [...enough].sort((a, b) => (rowsOf(a) === rowsOf(b) ? 0 : rowsOf(b) - rowsOf(a)));
  const isEmptyWord = enough.includes("") ? 1 : 0;
  const frequent = new Set(byRows.slice(0, kept.most + isEmptyWord));
  return {
    words: all.filter((word) => frequent.has(word)),
    rare: all.filter((word) => !frequent.has(word)),
  };
}

function readVocabulary({ words, unknown, rare }: EncoderParams): Vocabulary | null {
  const policy = unknownPolicies.find((known) => known === unknown);
  if (policy === undefined || !isListOfWords(words)) return null;
  if (rare !== undefined && (!isListOfWords(rare) || policy === "other")) return null;
  const all = [...words, ...(rare ?? [])];
  if (new Set(all).size !== all.length) return null;
  return { words, unknown: policy, ...(rare === undefined ? {} : { rare }) };
}

function isListOfWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === "string");
}
