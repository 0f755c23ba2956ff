// Hashes of rows, column by column, as these lie in memory.

import { float64At, int32At } from "@netwright/definitions";
import { codeParts, numberParts, type RowPart } from "./row-pieces.ts";
import { someRows } from "./some-rows.ts";
import type { Column } from "./table.ts";

/** Equal for rows that are equal in the columns; for others rarely. */
export function rowHashes(columns: readonly Column[], rows: Int32Array): Int32Array {
  const hashes = new Int32Array(rows.length);
  for (const column of columns) {
    if (column.kind === "text") for (const part of codeParts(column, rows)) hashCodes(hashes, part);
    else for (const part of numberParts(column, rows)) hashNumbers(hashes, part);
  }
  return hashes;
}

function hashCodes(hashes: Int32Array, { start, rows, values: codes, from }: RowPart<Int32Array>): void {
  for (let i = 0; i < rows.length; i++) {
    hashes[start + i] = mixed(int32At(hashes, start + i), int32At(codes, int32At(rows, i) - from));
  }
}

const PLAIN_BITS = new Int32Array(Float64Array.of(0, Number.NaN).buffer);

function hashNumbers(hashes: Int32Array, { start, rows, values, from }: RowPart<Float64Array>): void {
  // The bits as they lie: to write each number elsewhere and to read it back in halves takes twice as long.
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i) - from;
    const value = float64At(values, row);
    // The two zeros are one value, and all that is missing is NaN, which has more than one spelling in bits.
    const isOdd = value === 0 || Number.isNaN(value);
    const bits = isOdd ? PLAIN_BITS : halves;
    const at = 2 * (isOdd ? (value === 0 ? 0 : 1) : row);
    const hash = mixed(int32At(hashes, start + i), int32At(bits, at));
    hashes[start + i] = mixed(hash, int32At(bits, at + 1));
  }
}

/** A round of MurmurHash3. */
function mixed(hash: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  const h = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** As many columns as mostly tell rows apart. */
const FEW = 4;
/** Rows that are looked at. */
const SAMPLE = 200;
/** With so many times as many values as rows, hardly two rows have the same by chance. */
const SURE = 128;

/** A few columns by which rows seem to differ, no more than it takes; `null` where these are not enough. */
export function tellingColumns(columns: readonly Column[], rows: Int32Array): readonly Column[] | null {
  if (columns.length <= FEW) return null;
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const looked = Int32Array.from({ length: Math.min(SAMPLE, rows.length) }, (_, i) =>
    int32At(rows, i * step),
  );
  const different = columns.map((column) => ({ column, values: differentIn(column, rows, looked) }));
  const most = different.sort((a, b) => b.values - a.values).slice(0, FEW);
  let [seen, likely] = [1, 1];
  for (const [i, { values }] of most.entries()) {
    seen *= values;
    // Of n that are all different one may take that there are as many as n^2: of fewer, two were to be the same.
    likely *= values === looked.length ? values ** 2 : values;
    if (likely > SURE * rows.length) return most.slice(0, i + 1).map(({ column }) => column);
  }
  return seen > rows.length ? most.map(({ column }) => column) : null;
}

/** Of a column on a disk the first rows are looked at, which lie side by side. */
function differentIn(column: Column, rows: Int32Array, looked: Int32Array): number {
  const own = column.between === undefined ? column : someRows(column, rows.subarray(0, SAMPLE));
  const numbers = own.kind === "number" ? own.values : own.codes;
  if (own !== column) return new Set<number>(numbers).size;
  return new Set(Array.from(looked, (row) => numbers[row])).size;
}
