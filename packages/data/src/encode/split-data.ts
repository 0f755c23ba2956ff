// The rows of one split, ready for a network.

import { type FieldData, type RowStore, rowStore } from "../batch/row-store.ts";
import type { FittedEncoders } from "../fitted/fitted-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { NumberColumn, Table } from "../table/table.ts";
import { encodeColumns, originalValues } from "./encode-columns.ts";

export interface Split {
  readonly rows: number;
  /** Where each row stands among the data rows of the file, counted from 1; ascending. */
  readonly rowNumbers: Int32Array;
  /** Encoded features, [rows x features], row-major. */
  readonly x: Float32Array;
  /** Encoded targets, [rows x targets], row-major. */
  readonly y: Float32Array;
  /** Targets in original units, [rows x targets], row-major. */
  readonly target: Float64Array;
}

/** The rows under the names by which a program is fed: features as `x`, targets as `y`. */
export function rowsOf({ rows, x, y }: Pick<Split, "rows" | "x" | "y">): RowStore {
  const width = (data: FieldData): number => (rows === 0 ? 0 : data.length / rows);
  return rowStore(rows, [
    { name: "x", width: width(x), data: x },
    { name: "y", width: width(y), data: y },
  ]);
}

/** `columns` are the features and then the targets, in the order of `encoders`; `rows` are indices from 0. */
export function splitData(
  table: Table,
  columns: readonly NumberColumn[],
  encoders: FittedEncoders,
  rows: Int32Array,
): { split: Split; problems: readonly DataProblem[] } {
  const width = encoders.features.length;
  const features = encodeColumns(table, columns.slice(0, width), encoders.features, rows);
  const target = encodeColumns(table, columns.slice(width), encoders.target, rows);
  return {
    split: {
      rows: rows.length,
      rowNumbers: rows.map((row) => row + 1),
      x: features.encoded,
      y: target.encoded,
      target: originalValues(columns.slice(width), encoders.target, rows),
    },
    problems: [...features.problems, ...target.problems],
  };
}
