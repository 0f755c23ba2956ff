// Checks the values of the columns that are used, row by row: text, missing, NaN and infinite, the bounds of
// the contract, the domain of the encoder. Also decides which rows `missing: drop` leaves out.

import { float64At, quote } from "@netwright/definitions";
import { lostDigits } from "../formats/cannot-read.ts";
import { leavesRowsOut, takesGaps } from "../missing/policy.ts";
import { isCalledPicture } from "../pictures/called-picture.ts";
import { isPicture, shownWord } from "../pictures/picture-bytes.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { CellProblem } from "../reading/cell-reading.ts";
import { readCells } from "../reading/read-cells.ts";
import { losesDigits, lostIn } from "../table/codes.ts";
import { numbersOf } from "../table/column-from-cells.ts";
import { numberHint } from "../table/number-hint.ts";
import {
  type Column,
  lacksValue,
  type NumberColumn,
  type Table,
  type TextColumn,
  type Words,
  wordAt,
} from "../table/table.ts";
import { upTo } from "../table/up-to.ts";
import { wordColumn } from "../table/word-column.ts";
import { areFitting } from "./are-fitting.ts";
import { checkWords } from "./check-words.ts";
import { columnProblem, placeOf } from "./column-problem.ts";
import type { ColumnRule, NumberRule } from "./column-rule.ts";
import { fewOfImages } from "./few-of-images.ts";
import { hits } from "./hits.ts";
import { type Misfit, misfitOf, misfits, saysMisfit } from "./misfit.ts";
import { saysMissing, saysText } from "./says.ts";

export type Purpose = "training" | "evaluation" | "prediction";

export interface RuledColumn {
  readonly rule: ColumnRule;
  readonly column: Column;
}

export interface CheckedColumns {
  /** In the order given: of numbers or of words, as the rule of each says. */
  readonly columns: readonly Column[];
  /** Indices (from 0) of the rows that are not left out, ascending. */
  readonly kept: Int32Array;
  readonly problems: readonly DataProblem[];
}

/** `isAnswered` says of which rows a teacher has answers: these need no target. */
export function checkColumns(
  table: Table,
  ruled: readonly RuledColumn[],
  purpose: Purpose,
  isAnswered: (row: number) => boolean = () => false,
): CheckedColumns {
  const problems: DataProblem[] = [];
  const typed = ruled.map(({ rule, column }) => {
    if (rule.kind === "words") {
      const words = wordColumn(column, table.numbers, rule.keepsZeros);
      if (purpose === "training" && column.kind === "number")
        problems.push(...mergedProblem(table, rule, words));
      return { rule, column: words, checked: true };
    }
    if (rule.reading !== null) {
      const { column: read, unread } = readCells(column, table.numbers, rule.reading);
      for (const { problem, rows } of unread) problems.push(...cellProblem(table, rule, problem, rows));
      return { rule, column: read, checked: unread.length === 0 };
    }
    if (column.kind === "number") return { rule, column, checked: true };
    const { column: numbers, textRows } = numbersOf(column, table.numbers);
    problems.push(...textProblem(table, rule, column, textRows));
    // With text among its values, what else is wrong with the column is better said next time.
    return { rule, column: numbers, checked: textRows.length === 0 };
  });
  const kept = keptRows(table, typed, purpose, isAnswered);
  for (const { rule, column, checked } of typed) {
    if (!checked) continue;
    const asked = rule.role === "target" && column.gaps > 0 ? kept.filter((row) => !isAnswered(row)) : kept;
    const missing = missingProblem(table, rule, column, asked, purpose);
    problems.push(...missing);
    if (rule.kind === "words" && column.kind === "text")
      problems.push(...checkWords(table, rule, column, kept));
    if (rule.kind === "number" && column.kind === "number")
      problems.push(...valueProblems(table, rule, column, kept, purpose));
  }
  const images = new Map(ruled.map(({ rule: { name, image } }) => [name, image?.name]));
  const few = fewOfImages(problems, (name) => images.get(name));
  return { columns: typed.map(({ column }) => column), kept, problems: few };
}

/** Words that are numbers have been read as these, and two long ids may have become one: told here if not by the reader. */
function mergedProblem(table: Table, { name }: ColumnRule, words: Words): DataProblem[] {
  if (table.inexact?.some((column) => column.name === name) === true) return [];
  // A number of a program is spelled with an exponent where it is very large.
  const rows = lostIn(words, (word) => losesDigits(Number(word)));
  return rows === 0 ? [] : [lostDigits(table.name, name, rows)];
}

/** A prediction is made for every row, so nothing is left out there. */
function keptRows(
  table: Table,
  columns: readonly { rule: ColumnRule; column: Column }[],
  purpose: Purpose,
  isAnswered: (row: number) => boolean,
): Int32Array {
  const rows = upTo(table.rows);
  if (purpose === "prediction") return rows;
  const dropping = columns.filter(({ rule, column }) => leavesRowsOut(rule.policy) && column.gaps > 0);
  if (dropping.length === 0) return rows;
  return rows.filter((row) =>
    dropping.every(
      ({ rule, column }) => !lacksValue(column, row) || (rule.role === "target" && isAnswered(row)),
    ),
  );
}

function missingProblem(
  table: Table,
  rule: ColumnRule,
  column: Column,
  kept: Int32Array,
  purpose: Purpose,
): DataProblem[] {
  const advice = column.gaps === 0 ? null : missingAdvice(rule, purpose);
  const found =
    advice === null
      ? null
      : hits(
          table,
          kept.filter((row) => lacksValue(column, row)),
        );
  if (advice === null || found === null) return [];
  const message = `${placeOf(table, found.first, rule)} ${saysMissing}.`;
  return [columnProblem("NW0631", message, table, found.first, rule, [...found.notes, advice])];
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
  const says = isPicture(text) ? `is ${shownWord(text)}, and no number` : saysText(text);
  const message = `${placeOf(table, found.first, rule)} ${says}.`;
  if (rule.role === "feature" && (isPicture(text) || isCalledPicture(text))) {
    const image = `A picture is described in \`columns\`, as many pixels high and wide as the network takes: ${quote(rule.name)} as \`image(28, 28)\`.`;
    return [columnProblem("NW0630", message, table, found.first, rule, [...found.notes, image])];
  }
  const most = textRows.length > 1 && 2 * textRows.length > table.rows;
  const words = rule.setting !== undefined && most ? wordsNote(rule) : "";
  const notes = [...found.notes, numberHint(text, table.numbers), rule.textNote ?? "", words].filter(
    (note) => note !== "",
  );
  return [columnProblem("NW0630", message, table, found.first, rule, notes)];
}

function cellProblem(
  table: Table,
  rule: NumberRule,
  { code, says, notes }: CellProblem,
  rows: readonly number[],
): DataProblem[] {
  const found = hits(table, rows);
  if (found === null) return [];
  const message = `${placeOf(table, found.first, rule)} ${says}.`;
  return [columnProblem(code, message, table, found.first, rule, [...found.notes, ...notes])];
}

/** For a column that is no column of numbers with a slip in it. */
function wordsNote({ name, role }: ColumnRule): string {
  if (role === "weight") return "Most of it is text: it is no column of weights.";
  return role === "target"
    ? "Most of it is text: a target of words is a class, for a loss like `cross_entropy`."
    : `Most of it is text: a column of words is described in \`columns\`, ${quote(name)} as \`category\`.`;
}

function valueProblems(
  table: Table,
  rule: NumberRule,
  column: NumberColumn,
  kept: Int32Array,
  purpose: Purpose,
): DataProblem[] {
  if (areFitting(rule, column, kept)) return [];
  const wrong = new Map<Misfit, number[]>(misfits.map((misfit) => [misfit, []]));
  for (const row of kept) {
    if (column.missing[row] === 1) continue;
    const misfit = misfitOf(rule, float64At(column.values, row));
    if (misfit !== null) wrong.get(misfit)?.push(row);
  }
  const problems: DataProblem[] = [];
  for (const [misfit, rows] of wrong) {
    const found = hits(table, rows);
    if (found === null) continue;
    const { code, says } = saysMisfit(rule, misfit, float64At(column.values, found.first));
    const message = `${placeOf(table, found.first, rule)} ${says}.`;
    const advice = rule.role === "teacher" ? teacherAdvice(rule, misfit) : misfitAdvice(misfit, purpose);
    const notes = [...found.notes, ...advice];
    problems.push(columnProblem(code, message, table, found.first, rule, notes));
  }
  return problems;
}

function misfitAdvice(misfit: Misfit, purpose: Purpose): readonly string[] {
  switch (misfit) {
    case "infinite":
      return ["If the value is not known, leave it out; `missing` says what to do with missing values."];
    case "fraction":
      return purpose === "training"
        ? ["Correct the value; a column that may have fractions is a `number`."]
        : ["Correct the value."];
    case "outside":
      return purpose === "training" ? ["Choose another `scale` for this column."] : [];
    default:
      return [];
  }
}

/** No column of the file states these bounds: they are what a teacher may give. */
function teacherAdvice({ contract: { max } }: NumberRule, misfit: Misfit): readonly string[] {
  if (misfit !== "below" && misfit !== "above") return misfitAdvice(misfit, "prediction");
  return max === null
    ? ["Counts are predicted from 0 on: name the column that holds them, or correct the value."]
    : [
        "A teacher of classes gives probabilities, from 0 to 1: say `teacher_gives: logits` where the column holds what stands before a softmax or sigmoid.",
      ];
}

/** What to do about a missing value; `null` where it is filled in. */
function missingAdvice(rule: ColumnRule, purpose: Purpose): string | null {
  const { kind, role, policy } = rule;
  if (role === "weight") return "Every row needs a weight; a row that should count nothing has 0.";
  // A row without answers learns from its target.
  if (role === "teacher" || takesGaps(policy, kind)) return null;
  if (purpose === "training") {
    if (role === "target")
      return "A target is never filled in: add the value, or leave out such rows with `missing: drop`.";
    // Of an encoder that reads cells, as those of pictures, no word more could be had.
    if (rule.kind === "words" && rule.encoder.gaps !== undefined)
      return "Add the value, or leave out such rows with `missing: drop`.";
    return kind === "number"
      ? "Add the value, or say what to do with missing ones: `missing: mean`, `median`, `constant(0)` or `drop`."
      : "Add the value, or say what to do with missing ones: `missing: own_class`, `most_frequent` or `drop`.";
  }
  if (leavesRowsOut(policy) && purpose === "prediction") {
    return "`missing: drop` leaves such rows out of training, but each row here asks for a prediction: add the value or remove the row.";
  }
  return role === "target"
    ? "To evaluate, the true values are needed: add the value or remove the row."
    : "The model was trained with no missing values in this column, so it has nothing to fill in.";
}
