// The encoded rows of a split, put on a disk, some rows at once: of each column, which may be more than a good part of
// memory, only these are taken.

import {
  type Field,
  type FieldData,
  type FieldLayout,
  layoutOf as layoutOfField,
  type RowStore,
} from "../batch/row-store.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import { someRows } from "../storage/some-rows.ts";
import type { Storage } from "../storage/storage.ts";
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

/** `known` are the fields of what is in memory, as targets are. */
export function storeRows(
  given: RowsToStore,
  inputs: readonly LyingInput[],
  known: readonly Field[],
  storage: Storage,
): { readonly store: RowStore; readonly problems: readonly DataProblem[] } {
  const { rows } = given;
  // One of each column is enough.
  const found = new Map<OpenColumn, readonly DataProblem[]>();
  const writer = storage.rows([...inputs.map(layoutOf), ...known.map(layoutOfField)]);
  for (let start = 0; start < rows.length; start += PIECE) {
    const piece = { start, rows: rows.subarray(start, start + PIECE) };
    const count = piece.rows.length;
    const own = known.map((field) => ({
      ...field,
      data: field.data.subarray(start * field.width, (start + count) * field.width),
    }));
    writer.append([...inputs.map((input) => pieceOf(given, input, piece, found)), ...own], count);
  }
  const problems = inputs.flatMap(({ columns }) => columns.flatMap((fit) => found.get(fit) ?? []));
  return { store: writer.finish(), problems };
}

function layoutOf({ name, columns, width }: LyingInput): FieldLayout {
  const indices = name === CODES || columns.every(({ coding }) => coding.output.kind === "index");
  return { name, width, array: indices ? "Int32Array" : "Float32Array" };
}

interface Piece {
  /** Of the first row, among all that are stored. */
  readonly start: number;
  /** Indices from 0 in the table. */
  readonly rows: Int32Array;
}

/** What an input is in these rows, row-major. */
function pieceOf(
  given: RowsToStore,
  input: LyingInput,
  piece: Piece,
  found: Map<OpenColumn, readonly DataProblem[]>,
): Field {
  const { name, width, array } = layoutOf(input);
  const count = piece.rows.length;
  const data: FieldData =
    array === "Int32Array" ? new Int32Array(count * width) : new Float32Array(count * width);
  let offset = 0;
  for (const fit of input.columns) {
    const own = name === CODES ? 1 : widthOf(fit);
    const { values, problems } = encodedIn(given, fit, piece, name === CODES);
    if (problems.length > 0 && !found.has(fit)) found.set(fit, problems);
    for (let row = 0; row < count; row++) {
      for (let i = 0; i < own; i++) data[row * width + offset + i] = values[row * own + i] ?? Number.NaN;
    }
    offset += own;
  }
  return { name, width, data };
}

/** What one column becomes in these rows. */
function encodedIn(
  { table, columnOf, outOfFold }: RowsToStore,
  fit: OpenColumn,
  { start, rows }: Piece,
  asCodes: boolean,
): { readonly values: FieldData; readonly problems: readonly DataProblem[] } {
  const byFolds = outOfFold(fit);
  if (byFolds !== null) {
    const own = widthOf(fit);
    return { values: byFolds.subarray(start * own, (start + rows.length) * own), problems: [] };
  }
  const column = columnOf.get(fit);
  if (column === undefined) throw new Error(`no column ${fit.fitted.name}`);
  const some = someRows(column, rows);
  const places = rows.map((_, i) => i);
  if (asCodes && fit.kind === "words") return { values: codesIn(some, fit, places), problems: [] };
  const { encoded, problems } = encodeColumns(table, [some], [fit], places);
  // Where they stand in the table is told with the column at hand.
  const told = problems.length === 0 ? [] : encodeColumns(table, [column], [fit], rows).problems;
  return { values: encoded, problems: told };
}
