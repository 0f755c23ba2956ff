// When each row was, as numbers in the order of time: of a column of numbers, of words that sort, or of what its type reads as numbers.

import { at, count, quote } from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";
import { areCodes } from "../table/codes.ts";
import { codesAt, findColumn } from "../table/table.ts";
import { missingIn, wordsOf } from "./groups-by.ts";
import type { RowsToDeal } from "./splitter.ts";

/** For each row that is dealt out the number of its time, from 0 without gaps; `needed` are as many as there have to be. */
export function timesOf(
  rows: RowsToDeal,
  name: string,
  needed: number,
): { readonly times: Int32Array } | { readonly problem: DataProblem } {
  const column = wordsOf(rows, name);
  const missing = missingIn(rows, column, "and a row without one has no place in time");
  if (missing !== null) return { problem: missing };
  const codes = codesAt(column, rows.kept);
  const present = [...new Set(codes)];
  const words = present.map((code) => at(column.words, code));
  const read = readTimes(rows, name, words);
  if ("problem" in read) return read;
  const numbers = read.numbers ?? (isOfNumbers(rows, name) ? words.map(Number) : null);
  const unsorted = numbers === null ? unsortedDates(words) : null;
  if (unsorted !== null)
    return { problem: error("NW0666", unsorted, { notes: [ISO, DESCRIBED], column: name }) };
  const times: readonly (string | number)[] = numbers ?? words;
  const different = new Set(times);
  if (different.size < needed) {
    const message = `There ${different.size === 1 ? "is" : "are"} ${count(different.size, "different time")} in ${quote(name)}, and each of ${count(needed, "split")} needs one.`;
    return {
      problem: error("NW0647", message, { notes: ["Rows of one time stay together."], column: name }),
    };
  }
  // Two words may say one time, such as that of two zones.
  const inOrder =
    numbers === null ? [...new Set(words)].sort(byLetters) : [...new Set(numbers)].sort((a, b) => a - b);
  const placeOf = new Map<string | number, number>(inOrder.map((time, place) => [time, place]));
  const places = new Map(present.map((code, i) => [code, placeOf.get(at(times, i))]));
  return { times: codes.map((code) => places.get(code) ?? -1) };
}

function isOfNumbers({ table }: RowsToDeal, name: string): boolean {
  const column = findColumn(table, name);
  return column !== undefined && (column.kind === "number" || areCodes(column.words, table.numbers));
}

/** As its type reads them; null where `columns` describes it as nothing that is read. */
function readTimes(
  { readingOf }: RowsToDeal,
  name: string,
  words: readonly string[],
): { readonly numbers: readonly number[] | null } | { readonly problem: DataProblem } {
  const reading = readingOf?.(name) ?? null;
  if (reading === null) return { numbers: null };
  const numbers: number[] = [];
  for (const word of words) {
    const time = reading.read(word);
    if (typeof time !== "number") {
      const message = `In column ${quote(name)}, by which rows are split, a cell ${time.says}.`;
      return { problem: error("NW0666", message, { notes: time.notes, column: name }) };
    }
    numbers.push(time);
  }
  return { numbers };
}

function byLetters(a: string, b: string): number {
  return a < b ? -1 : 1;
}

const DESCRIBED =
  "Or say in `columns` that they are dates, and how they are written: `date(format: day_month_year)`.";
const ISO = "Write dates from the year on, every part in full: `2026-01-31`, `2026-01-31T09:30`.";

/** Why words that begin with digits are not in the order of time when they are sorted; `null` where they may be. */
function unsortedDates(words: readonly string[]): string | null {
  const first = new Map<number, { readonly word: string; readonly length: number }>();
  for (const word of words) {
    // A fraction of a second may have any number of digits.
    const parts = /^\d/.test(word) ? (word.replace(/\.\d+(?=\D*$)/, fractionOf).match(/\d+/g) ?? []) : [];
    const [day = "", , year = ""] = parts;
    if (day.length <= 2 && year.length === 4)
      return `${quote(word)} begins with the day or the month, and words like it do not sort by time.`;
    for (const [i, { length }] of parts.entries()) {
      const known = first.get(i);
      if (known === undefined) first.set(i, { word, length });
      else if (known.length !== length) {
        return `${quote(known.word)} and ${quote(word)} have numbers of different lengths, and words like them do not sort by time.`;
      }
    }
  }
  return null;
}

function fractionOf(text: string, offset: number, whole: string): string {
  return /:\d+$/.test(whole.slice(0, offset)) ? "" : text;
}
