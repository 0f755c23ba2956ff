// Checks the values of the columns that are used, row by row: text, missing, NaN and infinite, the bounds of
// the contract, the domain of the encoder. Also decides which rows `missing: drop` leaves out.

import { float64At, quote } from "@netwright/definitions";
import { encoders } from "../preprocess/encoders.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { numbersOf } from "../table/column-from-cells.ts";
import { numberHint } from "../table/number-hint.ts";
import {
  type Column,
  type NumberColumn,
  rowPhrase,
  rowPlace,
  type Table,
  type TextColumn,
  wordAt,
} from "../table/table.ts";
import type { ColumnRule } from "./column-rule.ts";
import { hits } from "./hits.ts";

export type Purpose = "training" | "evaluation" | "prediction";

export interface RuledColumn {
  readonly rule: ColumnRule;
  readonly column: Column;
}

export interface CheckedColumns {
  /** In the order given. */
  readonly columns: readonly NumberColumn[];
  /** Indices (from 0) of the rows that are not left out, ascending. */
  readonly kept: Int32Array;
  readonly problems: readonly DataProblem[];
}

export function checkColumns(table: Table, ruled: readonly RuledColumn[], purpose: Purpose): CheckedColumns {
  const problems: DataProblem[] = [];
  const numeric = ruled.map(({ rule, column }) => {
    if (column.kind === "number") return { rule, column, checked: true };
    const { column: numbers, textRows } = numbersOf(column, table.numbers);
    problems.push(...textProblem(table, rule, column, textRows));
    // With text among its values, what else is wrong with the column is better said next time.
    return { rule, column: numbers, checked: textRows.length === 0 };
  });
  const kept = keptRows(table, numeric, purpose);
  for (const { rule, column, checked } of numeric) {
    if (checked) problems.push(...valueProblems(table, rule, column, kept, purpose));
  }
  return { columns: numeric.map(({ column }) => column), kept, problems };
}

/** A prediction is made for every row, so nothing is left out there. */
function keptRows(
  table: Table,
  columns: readonly { rule: ColumnRule; column: NumberColumn }[],
  purpose: Purpose,
): Int32Array {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  if (purpose === "prediction") return rows;
  const dropping = columns.filter(({ rule, column }) => rule.policy === "drop" && column.gaps > 0);
  if (dropping.length === 0) return rows;
  return rows.filter((row) => dropping.every(({ column }) => column.missing[row] === 0));
}

function textProblem(
  table: Table,
  rule: ColumnRule,
  column: TextColumn,
  textRows: readonly number[],
): DataProblem[] {
  const found = hits(table, textRows);
  if (found === null) return [];
  const text = wordAt(column, found.first);
  const message = `${place(table, found.first, rule)} has the text ${quote(text)} where a number is expected.`;
  const notes = [...found.notes, numberHint(text, table.numbers), rule.textNote ?? ""].filter(
    (note) => note !== "",
  );
  return [at("NW0630", message, table, found.first, rule, notes)];
}

function valueProblems(
  table: Table,
  rule: ColumnRule,
  column: NumberColumn,
  kept: Int32Array,
  purpose: Purpose,
): DataProblem[] {
  const { min, max, unit } = rule.contract;
  const encoder = encoders[rule.encoder];
  const missing: number[] = [];
  const notFinite: number[] = [];
  const below: number[] = [];
  const above: number[] = [];
  const outside: number[] = [];
  for (const row of kept) {
    const x = float64At(column.values, row);
    if (column.missing[row] === 1) missing.push(row);
    else if (!Number.isFinite(x)) notFinite.push(row);
    else if (min !== null && x < min) below.push(row);
    else if (max !== null && x > max) above.push(row);
    else if (!encoder.accepts(x)) outside.push(row);
  }
  const problems: DataProblem[] = [];
  const report = (
    code: DataProblem["code"],
    rows: readonly number[],
    says: (x: number) => string,
    advice: readonly string[] = [],
  ) => {
    const found = hits(table, rows);
    if (found === null) return;
    const message = `${place(table, found.first, rule)} ${says(float64At(column.values, found.first))}.`;
    problems.push(at(code, message, table, found.first, rule, [...found.notes, ...advice]));
  };
  const measure = (x: number | null) => (unit === null ? `${x}` : `${x} ${unit}`);
  const advice = missingAdvice(rule, purpose);
  if (advice !== null) report("NW0631", missing, () => "has no value", [advice]);
  report("NW0632", notFinite, (x) => `is ${x}, which is not a finite number`, [
    "If the value is not known, leave it out; `missing` says what to do with missing values.",
  ]);
  report(
    "NW0633",
    below,
    (x) => `is ${measure(x)}, below the minimum of ${measure(min)} that the model states`,
  );
  report(
    "NW0633",
    above,
    (x) => `is ${measure(x)}, above the maximum of ${measure(max)} that the model states`,
  );
  const another = purpose === "training" ? ["Choose another `scale` for this column."] : [];
  const domain = `\`${encoder.name}\` takes only values ${encoder.domain}`;
  report("NW0634", outside, (x) => `is ${x}, but ${domain}`, another);
  return problems;
}

/** What to do about a missing value; `null` where it is filled in. */
function missingAdvice({ role, policy }: ColumnRule, purpose: Purpose): string | null {
  if (policy === "mean" || policy === "median") return null;
  if (purpose === "training") {
    return role === "target"
      ? "A target is never filled in: add the value, or leave out such rows with `missing: drop`."
      : "Add the value, or say what to do with missing ones: `missing: mean`, `median` or `drop`.";
  }
  if (policy === "drop" && purpose === "prediction") {
    return "`missing: drop` leaves such rows out of training, but each row here asks for a prediction: add the value or remove the row.";
  }
  return "The model was trained with no missing values in this column, so it has nothing to fill in.";
}

function place(table: Table, row: number, rule: ColumnRule): string {
  return `In ${rowPhrase(table, row)} of ${quote(table.name)}, column ${quote(rule.name)}`;
}

function at(
  code: DataProblem["code"],
  message: string,
  table: Table,
  row: number,
  rule: ColumnRule,
  notes: readonly string[],
): DataProblem {
  return error(code, message, { notes, setting: rule.setting, ...rowPlace(table, row), column: rule.name });
}
