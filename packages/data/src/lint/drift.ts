// New rows that are not as those of training were: each value may be one that was seen, and all together are not.

import { at, float64At, grouped, quote } from "@netwright/definitions";
import { sharesIn } from "../fitted/distribution.ts";
import type { FittedWords } from "../fitted/fitted-encoders.ts";
import type { OpenColumn, OpenNumbers } from "../fitted/open-encoders.ts";
import type { WordCoding } from "../preprocess/encoder.ts";
import { type DataProblem, warning } from "../problem/problem.ts";
import { type Column, codesAt, type NumberColumn, presentIn, timesOf, type Words } from "../table/table.ts";
import { fewOf } from "./few-of.ts";

/** Fewer rows are like nothing in particular. */
const FEWEST_ROWS = 30;
/** The distance from which on people who watch models speak of a shift. */
const SHIFTED = 0.25;
/** Words of a smaller share in training are one part together. */
const RARE = 0.02;

/** One warning for each column; `rows` are indices from 0. Columns of models that were saved without it pass. */
export function drift(
  features: readonly OpenColumn[],
  columns: readonly Column[],
  rows: Int32Array,
): readonly DataProblem[] {
  if (rows.length < FEWEST_ROWS) return [];
  const shifted = features.flatMap((feature, i): DataProblem[] => {
    const column = columns[i];
    const how = changeOf(feature, column, rows);
    if (how === null) return [];
    const { name } = feature.fitted;
    const message = `Column ${quote(name)} is not distributed as in training: ${how}.`;
    const notes = [
      "The model has learned from other rows than these: look whether the column still means the same, and do not take the measured quality for granted.",
    ];
    return [warning("NW0686", message, { notes, column: name })];
  });
  return fewOf(shifted);
}

/** What has changed, as a sentence goes on. */
type Change = string | null;

function changeOf(feature: OpenColumn, column: Column | undefined, rows: Int32Array): Change {
  if (feature.kind === "number") return column?.kind === "number" ? ofNumbers(feature, column, rows) : null;
  return column?.kind === "text" ? ofWords(feature.fitted, feature.coding, column, rows) : null;
}

function ofNumbers(
  { fitted: { seen, contract }, reading }: OpenNumbers,
  column: NumberColumn,
  rows: Int32Array,
): Change {
  const known = seen?.distribution;
  if (known === undefined) return null;
  const numbers = presentIn(column, rows);
  if (numbers.length < FEWEST_ROWS) return null;
  if (!isShifted(known.shares, known.rows, sharesIn(known.edges, numbers), numbers.length)) return null;
  // Dates and truth values as the column writes them.
  const spell = (x: number) => (reading === null ? `${x}` : reading.spell(x));
  const measure = (x: number) => (contract.unit === null ? spell(x) : `${spell(x)} ${contract.unit}`);
  const median = float64At(numbers.sort(), numbers.length >> 1);
  return median === known.median
    ? `its median is the same, ${measure(median)}, and its values are spread otherwise`
    : `its median is ${measure(median)} in ${grouped(numbers.length)} rows, and was ${measure(known.median)}`;
}

function ofWords(
  { seen }: FittedWords,
  { words: known, many }: Pick<WordCoding, "words" | "many">,
  { codes, words }: Words,
  rows: Int32Array,
): Change {
  if (seen === undefined) return null;
  const { counts, others = 0 } = seen;
  const trained = counts.reduce((sum, count) => sum + count, others);
  const common = known.filter((_, i) => at(counts, i) >= RARE * trained);
  const parts = new Map(common.map((word, part) => [word, part]));
  const sharesOf = (each: readonly string[], times: ArrayLike<number>, all: number): number[] => {
    // The last part is all other words, known or not.
    const shares = Array.from({ length: common.length + 1 }, () => 0);
    for (const [i, word] of each.entries()) {
      const part = parts.get(word) ?? common.length;
      shares[part] = at(shares, part) + at(times, i) / all;
    }
    return shares;
  };
  const times = timesOf({ codes: codesAt({ codes, words }, rows), words });
  const before = sharesOf(known, counts, trained);
  before[common.length] = at(before, common.length) + others / trained;
  // Of cells that list labels these are counted, as they were in training, and not the cells.
  const found = many === undefined ? [...times] : labelTimes(words, times, known.length, many.numbersIn);
  const all = found.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  const now = sharesOf(many === undefined ? words : known, found, all);
  if (!isShifted(before, trained, now, all)) return null;
  const changes = before.map((share, part) => Math.abs(at(now, part) - share));
  const most = changes.indexOf(Math.max(...changes));
  const word = common[most];
  const rounded = (share: number) => `${Math.round(100 * share)}%`;
  const what = word === undefined ? "other words are" : `${quote(word)} is`;
  return `${what} ${rounded(at(now, most))} of ${grouped(all)} ${many === undefined ? "rows" : "labels"}, and ${word === undefined ? "were" : "was"} ${rounded(at(before, most))}`;
}

function labelTimes(
  words: readonly string[],
  times: ArrayLike<number>,
  labels: number,
  numbersIn: (cell: string) => readonly number[],
): number[] {
  const found = Array.from({ length: labels }, () => 0);
  for (const [i, word] of words.entries())
    for (const label of numbersIn(word)) found[label] = at(found, label) + at(times, i);
  return found;
}

/**
 * The symmetric chi-square distance of two distributions, 2 sum (a - b)^2 / (a + b), near to the stability index of
 * banks and without its logarithms of 0. By chance alone it is about k (1/n + 1/m) for k parts beside the first, and in
 * few of a hundred columns more than two deviations above that.
 */
function isShifted(before: readonly number[], n: number, now: readonly number[], m: number): boolean {
  let distance = 0;
  for (const [part, a] of before.entries()) {
    const b = at(now, part);
    if (a + b > 0) distance += (2 * (a - b) * (a - b)) / (a + b);
  }
  const k = before.length - 1;
  return distance > SHIFTED + (k + 2 * Math.sqrt(2 * k)) * (1 / n + 1 / m);
}
