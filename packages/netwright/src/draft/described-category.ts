// How a column of words that come again is described. The section says that an unknown word is none of those that are told
// apart, so that no prediction fails for it; what is more than that stands at the column.

import type { ColumnSummary, WordCount } from "@netwright/data";
import { count, grouped } from "@netwright/definitions";
import { emptyCells, namedWords } from "./about-words.ts";
import type { Objection } from "./judge-column.ts";

/** Fewer words get a number each, however rare. */
const MANY = 20;
/** Words that fewer rows have are one together, where there are many. */
const LEAST_ROWS = 5;
/** Of all rows, so that the training rows have the others often enough. */
const COMMON = 15;
/** More words than this get no number each. */
const MOST = 100;
const BUCKETS = 64;

export interface DescribedCategory {
  /** Without a rule for what is missing. */
  readonly encoder: string | null;
  readonly missing: "own_class" | null;
  readonly about: string;
  readonly width: number;
}

/** Of all rows those with a target are `used`, a share. */
export function describedCategory(
  { missing, pattern }: ColumnSummary,
  words: readonly WordCount[],
  used = 1,
): DescribedCategory | Objection {
  const rows = words.reduce((sum, { rows: times }) => sum + times, 0);
  const frequent = words.filter(({ rows: times }) => times >= LEAST_ROWS).length;
  const what =
    pattern === "code"
      ? `${count(words.length, "code")}, words for their leading zeros`
      : count(words.length, "word");
  const about = `${what}: ${namedWords(words)}${emptyCells(missing)}`;
  const more = { missing: missing > 0 ? ("own_class" as const) : null, about };
  const isPlain = words.length <= MANY || (frequent === words.length && frequent <= MOST);
  if (isPlain) return { ...more, encoder: null, width: words.length + (missing > 0 ? 1 : 0) };
  const byRows = words.map(({ rows: times }) => times).sort((a, b) => b - a);
  const first = byRows.slice(0, MOST).reduce((sum, times) => sum + times, 0);
  const isCommon = (byRows[0] ?? 0) * used >= COMMON;
  if (!isCommon && words.length <= MOST / 2) return { ...more, encoder: null, width: words.length };
  if (rows < LEAST_ROWS * words.length && !isCommon) {
    return { kind: "words", reason: `${grouped(words.length)} different words, each in few rows` };
  }
  if (isCommon && frequent <= MOST) {
    return {
      ...more,
      encoder: `one_hot(min_count: ${LEAST_ROWS}, unknown: other)`,
      about: `${about}; rare words are one together`,
      width: frequent + 1,
    };
  }
  return isCommon && 2 * first >= rows
    ? {
        ...more,
        encoder: `one_hot(most: ${MOST}, unknown: other)`,
        about: `${about}; the most frequent are told apart`,
        width: MOST + 1,
      }
    : {
        missing: more.missing,
        encoder: `hashing(${BUCKETS})`,
        about: `${about}; so many share ${BUCKETS} numbers`,
        width: BUCKETS,
      };
}
