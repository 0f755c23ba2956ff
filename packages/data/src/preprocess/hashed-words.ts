// Texts by the words in them, without a list of words: a hash says where each of them is counted.

import { integer, numbersOf } from "@netwright/definitions";
import { hashText } from "../texts/hash-text.ts";
import { gramsOf } from "../texts/split-text.ts";
import type { EncoderParams, WordCoding } from "./encoder.ts";
import { defineTextEncoder, isCount, lengthOf, readUnit, textCoding, textParams } from "./text-encoder.ts";

const MOST_BUCKETS = 100_000;

export const hashedWords = defineTextEncoder({
  name: "hashed_words",
  doc: "Counts the words of a text in so many buckets, into which a hash of the word puts it, added or subtracted: it learns nothing of the data, so that new words count as well, and some share a bucket.",
  formula: "z[b] = sum over words of sign(hash) [hash mod buckets = b]",
  example: "columns { Rooms: text(hashed_words(buckets: 64, of: characters)) }",
  source:
    "Weinberger et al. 2009; scikit-learn, `HashingVectorizer`; the hash is FNV-1a, mixed as MurmurHash3 ends",
  params: {
    buckets: integer({ default: 256, min: 1, max: MOST_BUCKETS, doc: "How many numbers a text becomes." }),
    ...textParams,
  },
  output: (_, { buckets }) => numbersOf([buckets]),
  fit: (_, { buckets, of, n }) => ({ buckets, of, n: lengthOf(of, n) }),
  open: openHashedWords,
});

export function openHashedWords({ buckets, of, n }: EncoderParams): WordCoding | null {
  const unit = readUnit(of, n);
  if (unit === null || !isCount(buckets, MOST_BUCKETS)) return null;
  return textCoding(numbersOf([buckets]), "hashed", (text) => {
    const counts = new Float64Array(buckets);
    for (const gram of gramsOf(text, unit.of, unit.n)) {
      const hash = hashText(gram);
      // The sign is another bit than those that choose the bucket.
      const bucket = (hash >>> 1) % buckets;
      counts[bucket] = (counts[bucket] ?? 0) + ((hash & 1) === 0 ? 1 : -1);
    }
    return counts;
  });
}
