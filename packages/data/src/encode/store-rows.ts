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

/** Features, and for each that is coded by folds its numbers in the rows, [rows x numbers]. */
interface StoredFeatures {
  readonly features: readonly OpenColumn[];
  readonly outOfFold: readonly (Float32Array | null)[];
}

/** `columns` and the features go together; `known` are the fields of what is in memory, as targets are. */
export function storeRows(
  table: Table,
  columns: readonly Column[],
  { features, outOfFold }: StoredFeatures,
  rows: Int32Array,
  known: readonly Field[],
  storage: Storage,
): { readonly store: RowStore; readonly problems: readonly DataProblem[] } {
  const problems: DataProblem[] = [];
  const columnOf = new Map(
    features.map((fit, i) => [fit, { column: columns[i], byFolds: outOfFold[i] ?? null }]),
  );
  const fields = inputsOf(features).map(({ name, columns: own }): StoredField => {
    const fits = own.map(({ column }) => column);
    const indices = fits.every(({ coding }) => coding.output.kind === "index");
    const stored = fits.map((fit) => {
      const { column, byFolds = null } = columnOf.get(fit) ?? {};
      const numbers = indices
        ? new StoredNumbers(storage.bytes, Int32Array)
        : new StoredNumbers(storage.bytes, Float32Array);
      if (byFolds !== null) numbers.pushAll(byFolds);
      for (let start = 0; start < rows.length && byFolds === null; start += PIECE) {
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
  const writer = storage.rows([
    ...fields.map(({ layout }) => layout),
    ...known.map(({ name, width, data }) => ({ name, width, array: data[Symbol.toStringTag] })),
  ]);
  for (let start = 0; start < rows.length; start += PIECE) {
    const count = Math.min(PIECE, rows.length - start);
    const own = known.map((field) => ({
      ...field,
      data: field.data.subarray(start * field.width, (start + count) * field.width),
    }));
    writer.append([...fields.map((field) => pieceOf(field, start, count)), ...own], count);
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
