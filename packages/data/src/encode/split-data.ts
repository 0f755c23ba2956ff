// The rows of one split, ready for a network.

import { ONLY_INPUT } from "@netwright/definitions";
import { type Field, type FieldData, type RowStore, rowStore, rowsAsTheyLie } from "../batch/row-store.ts";
import type { OpenColumn, OpenEncoders } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { Storage } from "../storage/storage.ts";
import type { Column, Table } from "../table/table.ts";
import { encodeColumns, originalsOf } from "./encode-columns.ts";
import { inputsOf, sizeOf } from "./inputs.ts";
import { storeRows } from "./store-rows.ts";

/** What a training is fed as targets. */
export const TARGETS = "y";

export interface Split {
  readonly rows: number;
  /** Where each row stands among the data rows of the file, counted from 1; ascending. */
  readonly rowNumbers: Int32Array;
  /** Encoded features that are plain numbers, [rows x numbers], row-major. */
  readonly x: Float32Array;
  /** Those that have an input of their own, by its name; absent where there are none. */
  readonly others?: readonly Field[];
  /** Encoded targets, [rows x targets], row-major; the number of its class for each row where classes are predicted. */
  readonly y: Float32Array | Int32Array;
  /** Targets in original units, [rows x targets], row-major; of classes their number. */
  readonly target: Float64Array;
  /** Where the encoded rows lie if not here, in this order: `x`, `others` and `y` are then not looked at. */
  readonly store?: RowStore;
}

type Fed = Pick<Split, "rows" | "x" | "others" | "store"> & Partial<Pick<Split, "y">>;

/**
 * The rows under the names by which a program is fed: features as `x` and by their names, targets, where they are known, as `y`.
 * @throws RangeError where the store of a split has another number of rows
 */
export function rowsOf(split: Fed): RowStore {
  const { rows, store } = split;
  if (store === undefined) return rowStore(rows, fieldsOf(split));
  if (store.rows !== rows) throw new RangeError(`a split of ${rows} rows with a store of ${store.rows}`);
  return store;
}

/** Rows `start` to `start + count - 1` as they lie, under the same names. */
export function feedsOf(split: Fed, start: number, count: number): Readonly<Record<string, FieldData>> {
  return Object.fromEntries(rowsAsTheyLie(rowsOf(split), start, count));
}

function fieldsOf({ rows, x, others = [], y }: Fed): Field[] {
  const width = (data: FieldData): number => (rows === 0 ? 0 : data.length / rows);
  return [
    ...(x.length === 0 && others.length > 0 ? [] : [{ name: ONLY_INPUT, width: width(x), data: x }]),
    ...others,
    ...(y === undefined ? [] : [{ name: TARGETS, width: width(y), data: y }]),
  ];
}

/**
 * `columns` are the features and then the targets, in the order of `encoders`; `rows` are indices from 0. With a storage, the
 * encoded rows lie there.
 */
export function splitData(
  table: Table,
  columns: readonly Column[],
  encoders: OpenEncoders,
  rows: Int32Array,
  storage: Storage | null = null,
): { split: Split; problems: readonly DataProblem[] } {
  const width = encoders.features.length;
  const given = columns.slice(0, width);
  const targets = columns.slice(width);
  const target = encodeColumns(table, targets, encoders.target, rows);
  const y = target.encoded;
  if (y instanceof Uint32Array) throw new Error("targets are no unsigned numbers");
  const rest = {
    rows: rows.length,
    rowNumbers: rows.map((row) => row + 1),
    target: originalsOf(targets, encoders.target, rows),
  };
  if (storage !== null && rows.length > 0) {
    const field = { name: TARGETS, width: y.length / rows.length, data: y };
    const { store, problems } = storeRows(table, given, encoders.features, rows, field, storage);
    const split = { ...rest, x: new Float32Array(0), y: new Float32Array(0), store };
    return { split, problems: [...problems, ...target.problems] };
  }
  const { x, others, problems } = encodeInputs(table, given, encoders.features, rows);
  return {
    split: { ...rest, x, ...(others.length === 0 ? {} : { others }), y },
    problems: [...problems, ...target.problems],
  };
}

export interface EncodedInputs extends Pick<Split, "x"> {
  readonly others: readonly Field[];
  readonly problems: readonly DataProblem[];
}

/** `columns` and `features` go together. */
export function encodeInputs(
  table: Table,
  columns: readonly Column[],
  features: readonly OpenColumn[],
  rows: Int32Array,
): EncodedInputs {
  const columnOf = new Map(
    features.flatMap((fit, i) => (columns[i] === undefined ? [] : [[fit, columns[i]]])),
  );
  let x: Float32Array = new Float32Array(0);
  const others: Field[] = [];
  const problems: DataProblem[] = [];
  for (const { name, type, columns: own } of inputsOf(features)) {
    const opened = own.map(({ column }) => column);
    const given = opened.flatMap((column) => columnOf.get(column) ?? []);
    const { encoded, problems: found } = encodeColumns(table, given, opened, rows);
    problems.push(...found);
    if (name === ONLY_INPUT && encoded instanceof Float32Array) x = encoded;
    else others.push({ name, width: sizeOf(type), data: encoded });
  }
  return { x, others, problems };
}
