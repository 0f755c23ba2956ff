// The encoded rows of a split, put on a disk. Columns are taken one after the other, as each is more than a good part of
// memory; what they become lies on the disk by columns first, and then by rows.

import type { Field, FieldData, FieldLayout, RowStore } from "../batch/row-store.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { Storage } from "../storage/storage.ts";
import { StoredNumbers } from "../storage/stored-numbers.ts";
import type { Column, Table } from "../table/table.ts";
import { encodeColumns } from "./encode-columns.ts";
import { widthOf } from "./inputs.ts";
import type { OutOfFold } from "./with-out-of-fold.ts";
import { CODES, codesIn } from "./words-as-codes.ts";

/** Rows that are encoded, and written, at once. */
const PIECE = 1 << 13;

/** An input as it lies, with its columns in order: of `CODES` the numbers of their words. */
export interface LyingInput {
  readonly name: string;
  readonly columns: readonly OpenColumn[];
  readonly width: number;
}

export interface RowsToStore {
  readonly table: Table;
  readonly columnOf: ReadonlyMap<OpenColumn, Column | undefined>;
  /** Indices from 0. */
  readonly rows: Int32Array;
  readonly outOfFold: OutOfFold;
}

interface StoredField {
  readonly layout: FieldLayout;
  /** What each of its columns became. */
  readonly columns: readonly StoredColumn[];
}

interface StoredColumn {
  readonly width: number;
  readonly numbers: StoredNumbers<Float32Array> | StoredNumbers<Int32Array>;
}

/** `known` are the fields of what is in memory, as targets are. */
export function storeRows(
  given: RowsToStore,
  inputs: readonly LyingInput[],
  known: readonly Field[],
  storage: Storage,
): { readonly store: RowStore; readonly problems: readonly DataProblem[] } {
  const { rows } = given;
  const problems: DataProblem[] = [];
  const fields = inputs.map(({ name, columns, width }): StoredField => {
    const indices = name === CODES || columns.every(({ coding }) => coding.output.kind === "index");
    const stored = columns.map((fit): StoredColumn => {
      const numbers = indices
        ? new StoredNumbers(storage.bytes, Int32Array)
        : new StoredNumbers(storage.bytes, Float32Array);
      for (const { values, problems: found } of piecesOf(given, fit, name === CODES)) {
        numbers.pushAll(values);
        // One of each column is enough.
        if (!problems.some((problem) => problem.column === found[0]?.column)) problems.push(...found);
      }
      return { width: name === CODES ? 1 : widthOf(fit), numbers };
    });
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

interface Piece {
  readonly values: FieldData;
  readonly problems: readonly DataProblem[];
}

/** What the column becomes, by pieces of its rows. */
function* piecesOf(
  { table, columnOf, rows, outOfFold }: RowsToStore,
  fit: OpenColumn,
  asCodes: boolean,
): Generator<Piece> {
  const byFolds = outOfFold(fit);
  if (byFolds !== null) {
    yield { values: byFolds, problems: [] };
    return;
  }
  const column = columnOf.get(fit);
  for (let start = 0; start < rows.length; start += PIECE) {
    const piece = rows.subarray(start, start + PIECE);
    if (asCodes && fit.kind === "words") yield { values: codesIn(column, fit, piece), problems: [] };
    else {
      const { encoded, problems } = encodeColumns(table, column === undefined ? [] : [column], [fit], piece);
      yield { values: encoded, problems };
    }
  }
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
