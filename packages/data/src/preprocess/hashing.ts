// Words dealt out to buckets by a hash: no list of words is kept, and every word has a bucket.

import {
  choice,
  type Documented,
  definer,
  int32At,
  integer,
  numbersOf,
  type ValueType,
} from "@netwright/definitions";
import { type EncoderParams, type WordCoding, type WordEncoder, wordByWord } from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";
import { murmurHash } from "./murmur-hash.ts";

const FORMS = ["one_hot", "ordinal"] as const;
type Form = (typeof FORMS)[number];

/** An index below it is kept in 32 bits. */
const MOST_BUCKETS = 2 ** 31 - 1;
const WORDS = 2 ** 32;

const define = definer<Documented & Omit<WordEncoder, "takes">>({});

export const hashing: WordEncoder = {
  takes: "words",
  ...define({
    name: "hashing",
    doc: "Puts each word into one of some buckets by a hash of its letters and keeps no list of words: for columns of very many words, and of words that training has not seen. Words that share a bucket are not told apart. A bucket is a number of its own, or an index for the layer `embedding`.",
    formula: "bucket = MurmurHash3(x) mod buckets",
    example: "columns { Rooms: category(encoder: hashing(16)) }",
    source: "Weinberger et al. 2009; Keras, `Hashing`; scikit-learn, `murmurhash3_32`",
    params: {
      buckets: integer({ doc: "How many buckets there are.", min: 1, max: MOST_BUCKETS }),
      seed: integer({ doc: "Deals words out in another way.", default: 0, min: 0, max: WORDS - 1 }),
      output: choice({
        values: FORMS,
        default: "one_hot",
        doc: "What a bucket becomes: a number for each, 1 for that of the word and 0 for the others, or its index.",
      }),
    },
    range: () => ({ min: null, max: null }),
    output: (_, { buckets, output }) => typeOf(buckets, output),
    fit: (_, { buckets, seed, output }) => ({ buckets, seed, output }),
    folds: null,
    open: openHashing,
  }),
};

export function openHashing(params: EncoderParams): WordCoding | null {
  const read = readBuckets(params);
  if (read === null) return null;
  const { buckets, seed, form } = read;
  return {
    takes: "words",
    output: typeOf(buckets, form),
    words: [],
    unknown: "hashed",
    knows: () => true,
    writer(given) {
      const own = Int32Array.from(given, (word) => murmurHash(word, seed) % buckets);
      return wordByWord((code, start, into) => {
        const bucket = int32At(own, code);
        if (form === "ordinal") into[start] = bucket;
        else for (let i = 0; i < buckets; i++) into[start + i] = i === bucket ? 1 : 0;
      });
    },
  };
}

function typeOf(buckets: number, form: Form): ValueType {
  return form === "one_hot" ? numbersOf([buckets]) : { kind: "index", shape: [], of: buckets };
}

function readBuckets({ buckets, seed, output }: EncoderParams) {
  const form = FORMS.find((known) => known === output);
  const isWhole = (value: unknown, least: number, most: number): value is number =>
    isFiniteNumber(value) && Number.isInteger(value) && value >= least && value <= most;
  const isSound = isWhole(buckets, 1, MOST_BUCKETS) && isWhole(seed, 0, WORDS - 1);
  return form !== undefined && isSound ? { buckets, seed, form } : null;
}
