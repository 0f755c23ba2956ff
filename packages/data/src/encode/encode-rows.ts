// The inputs of a network in some rows: in memory as they are, in memory with words as their numbers, or on a disk.

import { ONLY_INPUT } from "@netwright/definitions";
import { type Field, type RowStore, rowStore } from "../batch/row-store.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { Storage } from "../storage/storage.ts";
import type { Column, Table } from "../table/table.ts";
import { columnsWriter } from "./columns-writer.ts";
import { inputsOf, sizeOf } from "./inputs.ts";
import { writtenRows } from "./rows-writer.ts";
import { type LyingInput, storeRows } from "./store-rows.ts";
import type { OutOfFold } from "./with-out-of-fold.ts";
import {
  CODES,
  type CodedInput,
  codedInput,
  codesWriter,
  NUMBERS,
  withInput,
  writerOf,
} from "./words-as-codes.ts";

/** Rows under the names by which a program is fed: fields here, or a store that has all of them. */
export interface EncodedRows {
  /** Plain numbers, [rows x numbers], row-major. */
  readonly x: Float32Array;
  /** Inputs of their own, by their names; absent where there are none. */
  readonly others?: readonly Field[];
  /** Where the rows lie if not in `x` and `others`. */
  readonly store?: RowStore;
}

export interface RowsToEncode {
  readonly table: Table;
  /** In the order of `features`. */
  readonly columns: readonly Column[];
  readonly features: readonly OpenColumn[];
  /** Indices from 0. */
  readonly rows: Int32Array;
}

interface Beside {
  /** Fields that are encoded already, as targets are. */
  readonly known?: readonly Field[];
  readonly storage?: Storage | null;
  readonly outOfFold?: OutOfFold;
}

const NOTHING = new Float32Array(0);

export function encodeRows(
  given: RowsToEncode,
  { known = [], storage = null, outOfFold = () => null }: Beside = {},
): { readonly encoded: EncodedRows; readonly problems: readonly DataProblem[] } {
  const { table, columns, features, rows } = given;
  const columnOf = new Map(features.map((fit, i) => [fit, columns[i]]));
  const of = (fits: readonly OpenColumn[]) => fits.flatMap((fit) => columnOf.get(fit) ?? []);
  const coded = codedInput(features, rows.length, (fit) => outOfFold(fit) !== null);
  const lying = lyingInputs(features, coded).map(({ name, columns: fits }): LyingInput => {
    if (name === CODES && coded !== null) return { name, ...codesWriter(of(coded.words), coded.words) };
    return { name, ...columnsWriter({ table, columns: of(fits), fitted: fits, outOfFold }) };
  });
  const writers = coded === null ? [] : coded.words.map((fit) => writerOf(columnOf.get(fit), fit));
  const whole = (store: RowStore) => (coded === null ? store : withInput(store, coded, writers));
  const problems = () => lying.flatMap((input) => input.problems());
  if (storage !== null && rows.length > 0) {
    const store = storeRows(rows, lying, known, storage);
    return { encoded: { x: NOTHING, store: whole(store) }, problems: problems() };
  }
  const fields = lying.map(
    ({ name, ...writer }): Field => ({ name, width: writer.width, data: writtenRows(writer, rows) }),
  );
  if (coded !== null) {
    const store = whole(rowStore(rows.length, [...fields, ...known]));
    return { encoded: { x: NOTHING, store }, problems: problems() };
  }
  const x = fields.find(({ name }) => name === ONLY_INPUT)?.data ?? NOTHING;
  if (!(x instanceof Float32Array)) throw new Error("plain numbers are no indices");
  const others = fields.filter(({ name }) => name !== ONLY_INPUT);
  return { encoded: { x, ...(others.length === 0 ? {} : { others }) }, problems: problems() };
}

/** Bytes of the rows in memory, each with so many numbers of targets. */
export function encodedBytes(features: readonly OpenColumn[], targets: number, rows: number): number {
  const coded = codedInput(features, rows, () => false);
  return 4 * rows * lyingInputs(features, coded).reduce((sum, { width }) => sum + width, targets);
}

/** Of an input, in order: of `CODES` those whose words lie as their numbers. */
interface ColumnsAsTheyLie {
  readonly name: string;
  readonly columns: readonly OpenColumn[];
  readonly width: number;
}

/** The inputs as they lie. */
function lyingInputs(features: readonly OpenColumn[], coded: CodedInput | null): readonly ColumnsAsTheyLie[] {
  return inputsOf(features).flatMap(({ name, type, columns }): ColumnsAsTheyLie[] => {
    const fits = columns.map(({ column }) => column);
    if (name !== ONLY_INPUT || coded === null) return [{ name, columns: fits, width: sizeOf(type) }];
    const { numbers, words, spans } = coded;
    const width = spans.reduce((sum, span) => sum + (span.of === "numbers" ? span.width : 0), 0);
    return [
      ...(numbers.length === 0 ? [] : [{ name: NUMBERS, columns: numbers, width }]),
      { name: CODES, columns: words, width: words.length },
    ];
  });
}
