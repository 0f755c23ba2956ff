// The encoded rows of a split, put on a disk, some rows at once: of each column, which may be more than a good part of
// memory, only these are taken.

import { int32At } from "@netwright/definitions";
import {
  type Field,
  type FieldLayout,
  layoutOf as layoutOfField,
  type RowStore,
} from "../batch/row-store.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { Storage } from "../storage/storage.ts";
import { columnBetween } from "../table/column-between.ts";
import { PIECE, type RowPiece, rowPieces } from "../table/row-pieces.ts";
import type { Column, Table } from "../table/table.ts";
import { encodeColumns, overflows } from "./encode-columns.ts";
import { widthOf } from "./inputs.ts";
import { type OutOfFold, writeOutOfFold } from "./with-out-of-fold.ts";
import { CODES, codesIn } from "./words-as-codes.ts";

/** Values of all columns that are in memory at once, where they are not those of fewer rows. */
const MOST_VALUES = 1 << 21;

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

/** `known` are the fields of what is in memory, as targets are. */
export function storeRows(
  given: RowsToStore,
  inputs: readonly LyingInput[],
  known: readonly Field[],
  storage: Storage,
): { readonly store: RowStore; readonly problems: readonly DataProblem[] } {
  const tooLarge = new Map<OpenColumn, number[]>();
  const writer = storage.rows([...inputs.map(layoutOf), ...known.map(layoutOfField)]);
  const columns = inputs.reduce((sum, input) => sum + input.columns.length, 0);
  for (const piece of rowPieces(given.rows, Math.max(PIECE, Math.floor(MOST_VALUES / columns)))) {
    const { start, rows } = piece;
    const own = known.map((field) => ({
      ...field,
      data: field.data.subarray(start * field.width, (start + rows.length) * field.width),
    }));
    writer.append([...inputs.map((input) => fieldOf(given, input, piece, tooLarge)), ...own], rows.length);
  }
  const problems = inputs.flatMap(({ columns: fits }) =>
    fits.flatMap((fit) => overflows(given.table, columnFor(given, fit), fit, tooLarge.get(fit) ?? [])),
  );
  return { store: writer.finish(), problems };
}

function layoutOf({ name, columns, width }: LyingInput): FieldLayout {
  const indices = name === CODES || columns.every(({ coding }) => coding.output.kind === "index");
  return { name, width, array: indices ? "Int32Array" : "Float32Array" };
}

/** What an input is in these rows, row-major. */
function fieldOf(
  given: RowsToStore,
  { name, columns, width }: LyingInput,
  piece: RowPiece,
  tooLarge: Map<OpenColumn, number[]>,
): Field {
  const { table, outOfFold } = given;
  const { start, rows, from, to } = piece;
  const shifted = rows.map((row) => row - from);
  const parts = columns.map((fit) => columnBetween(columnFor(given, fit), from, to));
  if (name === CODES) return { name, width, data: codesOf(parts, columns, shifted) };
  const { encoded, tooLarge: found } = encodeColumns(table, parts, columns, shifted);
  if (encoded instanceof Float32Array)
    writeOutOfFold(encoded, rows.length, columns, (fit) => {
      const own = widthOf(fit);
      return outOfFold(fit)?.subarray(start * own, (start + rows.length) * own) ?? null;
    });
  for (const [j, fit] of columns.entries()) {
    const own = found[j] ?? [];
    if (own.length === 0 || outOfFold(fit) !== null) continue;
    // Where they stand in the table, of all pieces.
    const all = tooLarge.get(fit) ?? [];
    for (const row of own) all.push(row + from);
    tooLarge.set(fit, all);
  }
  return { name, width, data: encoded };
}

function columnFor({ columnOf }: RowsToStore, fit: OpenColumn): Column {
  const column = columnOf.get(fit);
  if (column === undefined) throw new Error(`no column ${fit.fitted.name}`);
  return column;
}

/** The numbers of the words of all columns side by side, row-major. */
function codesOf(parts: readonly Column[], columns: readonly OpenColumn[], rows: Int32Array): Int32Array {
  const data = new Int32Array(rows.length * columns.length);
  for (const [j, fit] of columns.entries()) {
    if (fit.kind !== "words") throw new Error(`no words in column ${fit.fitted.name}`);
    const codes = codesIn(parts[j], fit, rows);
    for (let i = 0; i < codes.length; i++) data[i * columns.length + j] = int32At(codes, i);
  }
  return data;
}
