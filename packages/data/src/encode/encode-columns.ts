// Checked columns to the arrays that a network takes, in memory, and what their values are in original units.

import { at, float64At } from "@netwright/definitions";
import type { FieldData } from "../batch/row-store.ts";
import type { OpenColumn, OpenWords } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import { type Column, codesAt, type Table, type TextColumn } from "../table/table.ts";
import { columnsWriter } from "./columns-writer.ts";
import { filledIn } from "./filled-in.ts";
import { writtenRows } from "./rows-writer.ts";

/**
 * [rows x numbers of all columns], row-major. `rows` are indices from 0; `columns` and `fitted` go together. Indices become
 * whole numbers, all else f32.
 */
export function encodeColumns(
  table: Table,
  columns: readonly Column[],
  fitted: readonly OpenColumn[],
  rows: Int32Array,
): { readonly encoded: FieldData; readonly problems: readonly DataProblem[] } {
  const writer = columnsWriter({ table, columns, fitted });
  const encoded = writtenRows(writer, rows);
  return { encoded, problems: writer.problems() };
}

/** Values in original units, those that are missing filled in; of words their number among those of the encoder. */
export function originalsOf(
  columns: readonly Column[],
  fitted: readonly OpenColumn[],
  rows: Int32Array,
): Float64Array {
  const width = fitted.length;
  const originals = new Float64Array(rows.length * width);
  for (const [j, fit] of fitted.entries()) {
    const column = columns[j];
    const own =
      fit.kind === "number" && column?.kind === "number"
        ? filledIn(column, rows, fit.fitted.missing.fill)
        : fit.kind === "words" && column?.kind === "text"
          ? numbersOfWords(column, fit, rows)
          : new Float64Array(0);
    if (width === 1 && own.length === rows.length) return own;
    for (let i = 0; i < own.length; i++) originals[i * width + j] = float64At(own, i);
  }
  return originals;
}

function numbersOfWords(column: TextColumn, fit: OpenWords, rows: Int32Array): Float64Array {
  const known = new Map(fit.coding.words.map((word, code) => [word, code]));
  const own = column.words.map((word) => known.get(word) ?? known.size);
  return new Float64Array(codesAt(column, rows).map((code) => at(own, code)));
}
