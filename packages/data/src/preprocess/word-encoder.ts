// What encoders of words share: the words that they tell apart, in order, and what they do about others.

import {
  at,
  choice,
  type Documented,
  definer,
  type Params,
  type Spec,
  type ValueType,
} from "@netwright/definitions";
import type { Words } from "../table/table.ts";
import type { EncoderParams, Place, WordEncoder } from "./encoder.ts";

/** What becomes of a word that training has not seen. */
const unknownPolicies = ["error", "other"] as const;
type Unknown = (typeof unknownPolicies)[number];

/** What an encoder of words has learned. */
interface Vocabulary {
  readonly words: readonly string[];
  readonly unknown: Unknown;
}

interface WordSpec extends Documented {
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
      doc: `What a word that training has not seen is: an error, or with \`other\` ${other}.`,
    }),
  };
  const { typeOf, writeCode, ...definition } = define({ ...rest, params });
  return {
    ...definition,
    takes: "words",
    output: (stated, { unknown }) =>
      stated === null ? null : typeOf(stated.length, unknown === "other", stated),
    range: () => ({ min: null, max: null }),
    fit: (pieces, { unknown }, stated) => ({ words: stated ?? wordsIn(pieces), unknown }),
    open(saved) {
      const vocabulary = readVocabulary(saved);
      if (vocabulary === null) return null;
      const { words, unknown } = vocabulary;
      const codes = new Map(words.map((word, code) => [word, code]));
      const others = unknown === "other";
      return {
        takes: "words",
        output: typeOf(words.length, others, words),
        words,
        knows: (word) => others || codes.has(word),
        write(values, { into, at: first, width }) {
          const own = values.words.map((word) => codes.get(word) ?? words.length);
          let start = first;
          for (const code of values.codes) {
            writeCode(at(own, code), words.length, start, into, words);
            start += width;
          }
        },
      };
    },
  };
}

/** Each word once: numbers by their size and before all else, the others by their characters. */
export function inOrder(words: Iterable<string>): string[] {
  const isNumber = (word: string) => word !== "" && !Number.isNaN(Number(word));
  return [...new Set(words)].sort((a, b) => {
    if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
    const difference = isNumber(a) ? Number(a) - Number(b) : 0;
    return difference !== 0 ? difference : a < b ? -1 : a > b ? 1 : 0;
  });
}

/** A list of words may hold some that no row has. */
function wordsIn(pieces: Iterable<Words>): string[] {
  const found = new Set<string>();
  for (const { codes, words } of pieces) for (const code of new Set(codes)) found.add(at(words, code));
  return inOrder(found);
}

function readVocabulary({ words, unknown }: EncoderParams): Vocabulary | null {
  const policy = unknownPolicies.find((known) => known === unknown);
  if (policy === undefined || !isListOfWords(words)) return null;
  return new Set(words).size === words.length ? { words, unknown: policy } : null;
}

function isListOfWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === "string");
}
