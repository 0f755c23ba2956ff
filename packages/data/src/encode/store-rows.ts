// The encoded rows of a split, put on a disk. Columns are taken one after the other, as each is more than a good part of
// memory; what they become lies on the disk by columns first, and then by rows.

import type { Field, FieldData, FieldLayout, RowStore } from "../batch/row-store.ts";
import type { OpenColumn, OpenEncoders } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { Storage } from "../storage/storage.ts";
import { StoredNumbers } from "../storage/stored-numbers.ts";
import type { Column, Table } from "../table/table.ts";
import { encodeColumns } from "./encode-columns.ts";
import { inputsOf, widthOf } from "./inputs.ts";

/** Rows that are encoded, and written, at once. */
const PIECE = 1 << 13;

interface StoredField {
  readonly layout: FieldLayout;
  /** What each of its columns became. */
  readonly columns: readonly StoredColumn[];
}

interface StoredColumn {
  readonly width: number;
  readonly numbers: StoredNumbers<Float32Array> | StoredNumbers<Int32Array>;
}

/** Bytes of the rows in memory. */
export function encodedBytes({ features, target }: OpenEncoders, rows: number): number {
  return 4 * rows * [...features, ...target].reduce((sum, column) => sum + widthOf(column), 0);
}

/** `columns` and the features of `encoders` go together; `targets` is the field of the encoded targets, which are here. */
export function storeRows(
  table: Table,
  columns: readonly Column[],
  features: readonly OpenColumn[],
  rows: Int32Array,
  targets: Field,
  storage: Storage,
): { readonly store: RowStore; readonly problems: readonly DataProblem[] } {
  const problems: DataProblem[] = [];
  const columnOf = new Map(features.map((fit, i) => [fit, columns[i]]));
  const fields = inputsOf(features).map(({ name, columns: own }): StoredField => {
    const fits = own.map(({ column }) => column);
    const indices = fits.every(({ coding }) => coding.output.kind === "index");
    const stored = fits.map((fit) => {
      const column = columnOf.get(fit);
      const numbers = indices
        ? new StoredNumbers(storage.bytes, Int32Array)
        : new StoredNumbers(storage.bytes, Float32Array);
      for (let start = 0; start < rows.length; start += PIECE) {
        const piece = rows.subarray(start, start + PIECE);
        const { encoded, problems: found } = encodeColumns(
          table,
          column === undefined ? [] : [column],
          [fit],
          piece,
        );
        numbers.pushAll(encoded);
        // One of each column is enough.
        if (!problems.some((problem) => problem.column === found[0]?.column)) problems.push(...found);
      }
      return { width: widthOf(fit), numbers };
    });
    const width = stored.reduce((sum, one) => sum + one.width, 0);
    return { layout: { name, width, array: indices ? "Int32Array" : "Float32Array" }, columns: stored };
  });
  const width = rows.length === 0 ? 0 : targets.data.length / rows.length;
  const writer = storage.rows([
    ...fields.map(({ layout }) => layout),
    { name: targets.name, width, array: targets.data[Symbol.toStringTag] },
  ]);
  for (let start = 0; start < rows.length; start += PIECE) {
    const count = Math.min(PIECE, rows.length - start);
    const own = targets.data.subarray(start * width, (start + count) * width);
    writer.append(
      [...fields.map((field) => pieceOf(field, start, count)), { ...targets, width, data: own }],
      count,
    );
  }
  return { store: writer.finish(), problems };
}

/** Rows `start` to `start + count - 1`, row-major. */
function pieceOf({ layout, columns }: StoredField, start: number, count: number): Field {
  const { name, width, array } = layout;
  const data: FieldData =
    array === "Int32Array" ? new Int32Array(count * width) : new Float32Array(count * width);
  let offset = 0;
  for (const { width: own, numbers } of columns) {
    const values = numbers.slice(start * own, (start + count) * own);
    for (let row = 0; row < count; row++) {
      for (let i = 0; i < own; i++) data[row * width + offset + i] = values[row * own + i] ?? Number.NaN;
    }
    offset += own;
  }
  return { name, width, data };
}
