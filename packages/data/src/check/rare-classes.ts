// Classes with so few rows that little can be learned of them, and that a part of the split may lack.

import { at, count, grouped, int32At, listed, quote } from "@netwright/definitions";
import type { OpenWords } from "../fitted/open-encoders.ts";
import { type DataProblem, warning } from "../problem/problem.ts";
import type { TextColumn } from "../table/table.ts";

/** A class of fewer rows is rare: three parts of a split would have one or two of them each, or none. */
export const ENOUGH_ROWS = 5;
/** More are counted and not named. */
const NAMED = 5;

/**
 * One warning for the target `target`, whose words are those of `column`; a class that no training row has is told of by
 * itself. `rows` are indices (from 0) of those that are dealt out.
 */
export function rareClasses(
  { fitted, coding }: OpenWords,
  column: TextColumn,
  rows: Int32Array,
  isStratified: boolean,
): DataProblem[] {
  const found = new Map(coding.words.map((word) => [word, 0]));
  // A cell may list several.
  const { many } = coding;
  const own = column.words.map((word) =>
    many === undefined ? [word] : many.numbersIn(word).map((number) => at(coding.words, number)),
  );
  for (const row of rows) {
    for (const word of at(own, int32At(column.codes, row))) {
      const before = found.get(word);
      if (before !== undefined) found.set(word, before + 1);
    }
  }
  const lacking = new Set(coding.words.filter((_, i) => fitted.seen?.counts[i] === 0));
  const rare = [...found]
    .filter(([word, times]) => times < ENOUGH_ROWS && !lacking.has(word))
    .sort(([, a], [, b]) => a - b);
  if (rare.length === 0) return [];
  const named = rare.slice(0, NAMED).map(([word, times]) => `${quote(word)} (${count(times, "row")})`);
  const others = rare.length - named.length;
  const list = listed(others === 0 ? named : [...named, `${grouped(others)} more`]);
  const classes = rare.length === 1 ? "a class" : `${grouped(rare.length)} classes`;
  const message = `Column ${quote(fitted.name)} has ${classes} of fewer than ${ENOUGH_ROWS} rows: ${list}.`;
  const notes = [
    "Little is learned of them, and metrics of so few rows say little: add rows, or bring rare classes together in one.",
    ...(isStratified
      ? []
      : [
          "By chance a part of the split may have none of them; `split: stratified` gives each rows to train on.",
        ]),
  ];
  return [warning("NW0659", message, { notes, column: fitted.name, setting: "target" })];
}
