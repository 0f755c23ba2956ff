// Checked columns to the matrices a network takes. All in f64 in plain order, then rounded to f32 once.

import { float64At, int32At, quote } from "@netwright/definitions";
import { hits } from "../check/hits.ts";
import type { FittedColumn } from "../fitted/fitted-encoders.ts";
import { scalingOf } from "../preprocess/encoders.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { type NumberColumn, rowPhrase, rowPlace, type Table } from "../table/table.ts";

export interface EncodedColumns {
  /** Encoded values, [rows x columns], row-major. */
  readonly encoded: Float32Array;
  readonly problems: readonly DataProblem[];
}

/** `rows` are indices from 0; `columns` and `fitted` go together, in the order of the network. */
export function encodeColumns(
  table: Table,
  columns: readonly NumberColumn[],
  fitted: readonly FittedColumn[],
  rows: Int32Array,
): EncodedColumns {
  const encoded = new Float32Array(rows.length * fitted.length);
  const problems: DataProblem[] = [];
  for (const [j, column] of columns.entries()) {
    const fit = fittedFor(fitted, j);
    const tooLarge = encodeColumn(column, fit, rows, encoded, j, fitted.length);
    const found = hits(table, tooLarge);
    if (found !== null) problems.push(overflow(table, column, found.first, found.notes));
  }
  return { encoded, problems };
}

/** The values in original units, missing ones filled in: [rows x columns], row-major. */
export function originalValues(
  columns: readonly NumberColumn[],
  fitted: readonly FittedColumn[],
  rows: Int32Array,
): Float64Array {
  const width = fitted.length;
  const original = new Float64Array(rows.length * width);
  for (const [j, { values, missing }] of columns.entries()) {
    const fill = fittedFor(fitted, j).missing.fill ?? Number.NaN;
    for (let i = 0; i < rows.length; i++) {
      const row = int32At(rows, i);
      original[i * width + j] = missing[row] === 1 ? fill : float64At(values, row);
    }
  }
  return original;
}

/** Into every place `offset + i * stride` of `into`; gives the rows whose values are too large there. */
function encodeColumn(
  { values, missing }: NumberColumn,
  fit: FittedColumn,
  rows: Int32Array,
  into: Float32Array,
  offset: number,
  stride: number,
): number[] {
  const scale = scalingOf(fit);
  const fill = fit.missing.fill ?? Number.NaN;
  const tooLarge: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i);
    const z = Math.fround(scale(missing[row] === 1 ? fill : float64At(values, row)));
    if (!Number.isFinite(z)) tooLarge.push(row);
    into[i * stride + offset] = z;
  }
  return tooLarge;
}

function fittedFor(fitted: readonly FittedColumn[], column: number): FittedColumn {
  const fit = fitted[column];
  if (fit === undefined) throw new Error(`no encoder for column ${column} of ${fitted.length}`);
  return fit;
}

function overflow(table: Table, column: NumberColumn, row: number, notes: readonly string[]): DataProblem {
  const message = `In ${rowPhrase(table, row)} of ${quote(table.name)}, column ${quote(column.name)} is ${column.values[row]}, which is too large for the 32-bit numbers of the network once it is scaled.`;
  return error("NW0635", message, {
    notes: [
      ...notes,
      "Check the value; if it is right, use a larger unit, or `scale: zscore` when training.",
    ],
    ...rowPlace(table, row),
    column: column.name,
  });
}
