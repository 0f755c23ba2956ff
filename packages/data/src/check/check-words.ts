// Checks the words of a column: against those that the file states, and against those that an encoder has learned.

import { closest, listNames, quote } from "@netwright/definitions";
import type { OpenColumn, OpenEncoders, OpenWords } from "../fitted/open-encoders.ts";
import { leavesRowsOut } from "../missing/policy.ts";
import type { CheckCell } from "../preprocess/encoder.ts";
import type { DataProblem } from "../problem/problem.ts";
import { type Column, type Table, type TextColumn, wordAt } from "../table/table.ts";
import type { Purpose } from "./check-columns.ts";
import { columnProblem, placeOf } from "./column-problem.ts";
import { type ColumnRule, ruleOf, type WordRule } from "./column-rule.ts";
import { hits } from "./hits.ts";
import { saysUnknown, saysUnstated } from "./says.ts";

/** The words of a contract; `rows` are indices from 0. */
export function checkWords(
  table: Table,
  rule: WordRule,
  column: TextColumn,
  rows: Int32Array,
): DataProblem[] {
  const { values } = rule.contract;
  if (rule.check !== null) return wrongCells(table, rule, column, rows, rule.check);
  if (values === null) return [];
  const stated = new Set(values);
  const found = hits(
    table,
    rowsWith(column, rows, (word) => !stated.has(word)),
  );
  if (found === null) return [];
  const word = wordAt(column, found.first);
  const message = `${placeOf(table, found.first, rule)} ${saysUnstated(word)}.`;
  return [
    columnProblem("NW0639", message, table, found.first, rule, [...found.notes, ...meant(word, values)]),
  ];
}

/** Cells that the encoder cannot read: each different thing that is wrong with some is told once. */
function wrongCells(
  table: Table,
  rule: WordRule,
  column: TextColumn,
  rows: Int32Array,
  check: CheckCell,
): DataProblem[] {
  const wrong = column.words.map((word) => (word === "" ? null : check(word)));
  const codes = new Set(wrong.flatMap((problem) => problem?.code ?? []));
  return [...codes].flatMap((code) => {
    const among = rows.filter((row) => wrong[column.codes[row] ?? -1]?.code === code);
    const found = hits(table, among);
    const problem = found === null ? null : (wrong[column.codes[found.first] ?? -1] ?? null);
    if (found === null || problem === null) return [];
    const message = `${placeOf(table, found.first, rule)} ${problem.says}.`;
    return [columnProblem(code, message, table, found.first, rule, [...found.notes, ...problem.notes])];
  });
}

/** Words that an encoder has not learned and has nothing to write for; in a prediction, of the features alone. */
export function unknownWords(
  table: Table,
  columns: readonly Column[],
  { features, target }: Pick<OpenEncoders, "features" | "target">,
  rows: Int32Array,
  purpose: Purpose,
): DataProblem[] {
  const unknown = (role: ColumnRule["role"], from: number) => (fit: OpenColumn, i: number) => {
    const column = columns[from + i];
    return fit.kind === "words" && column?.kind === "text"
      ? unknownIn(table, column, fit, rows, role, purpose)
      : [];
  };
  return [
    ...features.flatMap(unknown("feature", 0)),
    ...(purpose === "prediction" ? [] : target.flatMap(unknown("target", features.length))),
  ];
}

function unknownIn(
  table: Table,
  column: TextColumn,
  fit: OpenWords,
  rows: Int32Array,
  role: ColumnRule["role"],
  purpose: Purpose,
): DataProblem[] {
  const { knows, words } = fit.coding;
  const found = hits(
    table,
    rowsWith(column, rows, (word) => !knows(word)),
  );
  if (found === null) return [];
  const rule: ColumnRule = ruleOf(fit, role);
  const word = wordAt(column, found.first);
  const message = `${placeOf(table, found.first, rule)} ${saysUnknown(word)}.`;
  return [
    columnProblem("NW0658", message, table, found.first, rule, [
      ...found.notes,
      ...meant(word, words),
      unknownAdvice(fit, role, purpose),
    ]),
  ];
}

/** A class is never an unknown one: the model could not be right about it. */
function unknownAdvice(
  { encoder, coding, policy }: OpenWords,
  role: ColumnRule["role"],
  purpose: Purpose,
): string {
  if (role === "feature" && coding.unknown === "missing") {
    return leavesRowsOut(policy)
      ? "`unknown: missing` makes it a missing value, and `missing: drop` cannot leave its row out here: choose `own_class` or `most_frequent`."
      : `\`unknown: missing\` makes it a missing value, and \`missing: ${policy.name}\` takes none: choose \`own_class\` or \`most_frequent\`.`;
  }
  const state = "State the words of the column, `category(values: [...])`";
  if (role === "target") {
    return purpose === "training"
      ? `${state}, split by \`stratified(...)\`, or leave out the rows of a class that is so rare.`
      : "Check the spelling; the model can predict the classes of its training alone.";
  }
  return purpose === "training"
    ? `${state}, or take unknown ones: \`category(encoder: ${encoder.name}(unknown: other))\`.`
    : "Check the spelling; a model can take unknown words if it is trained with `unknown: other`.";
}

/** Gaps are no words. */
function rowsWith(column: TextColumn, rows: Int32Array, asks: (word: string) => boolean): Int32Array {
  const asked = column.words.map((word) => word !== "" && asks(word));
  return asked.includes(true)
    ? rows.filter((row) => asked[column.codes[row] ?? -1] === true)
    : new Int32Array(0);
}

function meant(word: string, known: readonly string[]): string[] {
  const close = closest(word, known);
  return [
    ...(close === undefined ? [] : [`Did you mean ${quote(close)}?`]),
    `The model knows ${listNames(known)}.`,
  ];
}
