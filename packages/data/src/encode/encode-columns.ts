// Checked columns to the matrices a network takes. All in f64 in plain order, then rounded to f32 once.

import { quote } from "@netwright/definitions";
import { hits } from "../check/hits.ts";
import type { FittedColumn } from "../fitted/fitted-encoders.ts";
import { applyScaling } from "../preprocess/encoders.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { type NumberColumn, rowPhrase, rowPlace, type Table } from "../table/table.ts";

export interface EncodedColumns {
  /** Encoded values, [rows x columns], row-major. */
  readonly encoded: Float32Array;
  /** The values in original units, missing ones filled in; same shape. */
  readonly original: Float64Array;
  readonly problems: readonly DataProblem[];
}

/** `rows` are indices from 0; `columns` and `fitted` go together, in the order of the network. */
export function encodeColumns(
  table: Table,
  columns: readonly NumberColumn[],
  fitted: readonly FittedColumn[],
  rows: Int32Array,
): EncodedColumns {
  const width = fitted.length;
  const encoded = new Float32Array(rows.length * width);
  const original = new Float64Array(rows.length * width);
  const problems: DataProblem[] = [];
  for (const [j, column] of columns.entries()) {
    const fit = fitted[j];
    if (fit === undefined) throw new Error(`no encoder for column ${j} of ${columns.length}`);
    const tooLarge: number[] = [];
    for (const [i, row] of rows.entries()) {
      const x =
        column.missing[row] === 1 ? (fit.missing.fill ?? Number.NaN) : (column.values[row] ?? Number.NaN);
      const z = Math.fround(applyScaling(fit, x));
      if (!Number.isFinite(z)) tooLarge.push(row);
      encoded[i * width + j] = z;
      original[i * width + j] = x;
    }
    const found = hits(table, tooLarge);
    if (found !== null) problems.push(overflow(table, column, found.first, found.notes));
  }
  return { encoded, original, problems };
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
