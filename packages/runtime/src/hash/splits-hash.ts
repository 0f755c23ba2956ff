// One hash for the data as training sees it: rows, their order in the splits, encoded values, targets. It
// covers the file's content, the choice of columns, the encoders and the split at once.

import {
  batches,
  type FieldData,
  type FieldLayout,
  type LyingSeries,
  type RowStore,
  rowsAsTheyLie,
  rowsOf,
  type Split,
  TARGETS,
} from "@netwright/data";
import { ONLY_INPUT, type SplitName, splitNames } from "@netwright/definitions";
import { bytesToHex } from "@noble/hashes/utils.js";
import { littleEndianBytes } from "../tensors/tensors.ts";
import { createSha256, type Hashing } from "./sha256.ts";

/** Rows that are hashed at once. */
const PIECE = 4096;

/**
 * SHA-256 over each split: one line of JSON `[name, rows, features, targets]`, then its arrays, little-endian. Of windows the rows
 * as they lie, each once, behind a line `["windows", length]` and the first row of each.
 */
export function splitsHash(splits: Readonly<Record<SplitName, Split>>): string {
  const hash = createSha256();
  for (const name of splitNames) {
    const { rows, rowNumbers, target, series } = splits[name];
    if (series !== undefined) {
      hashWindows(hash, splits[name], series);
      continue;
    }
    const store = rowsOf(splits[name]);
    const named = (wanted: string) => store.fields.find((field) => field.name === wanted);
    const others = store.fields.filter((field) => field.name !== ONLY_INPUT && field.name !== TARGETS);
    const [x, y] = [named(ONLY_INPUT), named(TARGETS)];
    const features = x === undefined ? 0 : x.width * rows;
    hash.update(lineOf([name, rows, features, target.length]));
    hash.update(littleEndianBytes(rowNumbers));
    // Rows on a disk are taken back once for the first and for the targets, which are half as much as `target` in memory.
    const targets: FieldData[] = [];
    const [first, ...rest] = [x, ...others].flatMap((field) => field ?? []);
    if (first !== undefined && first !== x) hash.update(line(first));
    hashRows(hash, store, first, y, targets);
    for (const field of rest) {
      hash.update(line(field));
      hashRows(hash, store, field);
    }
    for (const data of targets) hash.update(littleEndianBytes(data));
    hash.update(doubleBytes(target));
  }
  return bytesToHex(hash.digest());
}

function hashWindows(hash: Hashing, split: Split, { rows: lying, first, length }: LyingSeries): void {
  const store = rowsOf(split);
  const inputs = new Set(lying.fields.map((field) => field.name));
  hash.update(lineOf(["windows", length, split.rows, lying.rows]));
  hash.update(littleEndianBytes(split.rowNumbers));
  hash.update(littleEndianBytes(first));
  for (const field of lying.fields) {
    hash.update(line(field));
    hashRows(hash, lying, field);
  }
  for (const field of store.fields.filter(({ name }) => !inputs.has(name))) {
    hash.update(line(field));
    hashRows(hash, store, field);
  }
  hash.update(doubleBytes(split.target));
}

/** Of an input that has a name. */
function line({ name, width }: FieldLayout): Uint8Array {
  return lineOf([name, width]);
}

function lineOf(told: readonly (string | number)[]): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(told)}\n`);
}

/** Piece by piece, as the rows need not lie in memory; those of `beside` are put by. */
function hashRows(
  hash: Hashing,
  store: RowStore,
  field: FieldLayout | undefined,
  beside?: FieldLayout,
  into: FieldData[] = [],
): void {
  const fields = [field, beside].flatMap((one) => one ?? []);
  for (const { start, count } of batches(store.rows, PIECE)) {
    const rows = rowsAsTheyLie(store, start, count, fields);
    const data = rows.get(field?.name ?? "");
    if (data !== undefined) hash.update(littleEndianBytes(data));
    const put = rows.get(beside?.name ?? "");
    if (put !== undefined) into.push(put);
  }
}

function doubleBytes(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}
