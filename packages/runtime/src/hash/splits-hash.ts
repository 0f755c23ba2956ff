// One hash for the data as training sees it: rows, their order in the splits, encoded values, targets. It
// covers the file's content, the choice of columns, the encoders and the split at once.

import {
  batches,
  type FieldLayout,
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

/** SHA-256 over each split: one line of JSON `[name, rows, features, targets]`, then its arrays, little-endian. */
export function splitsHash(splits: Readonly<Record<SplitName, Split>>): string {
  const hash = createSha256();
  const encoder = new TextEncoder();
  for (const name of splitNames) {
    const { rows, rowNumbers, target } = splits[name];
    const store = rowsOf(splits[name]);
    const named = (wanted: string) => store.fields.find((field) => field.name === wanted);
    const others = store.fields.filter((field) => field.name !== ONLY_INPUT && field.name !== TARGETS);
    const [x, y] = [named(ONLY_INPUT), named(TARGETS)];
    const features = x === undefined ? 0 : x.width * rows;
    hash.update(encoder.encode(`${JSON.stringify([name, rows, features, target.length])}\n`));
    hash.update(littleEndianBytes(rowNumbers));
    if (x !== undefined) hashField(hash, store, x);
    for (const field of others) {
      hash.update(encoder.encode(`${JSON.stringify([field.name, field.width])}\n`));
      hashField(hash, store, field);
    }
    if (y !== undefined) hashField(hash, store, y);
    hash.update(doubleBytes(target));
  }
  return bytesToHex(hash.digest());
}

/** Piece by piece, as the rows need not lie in memory. */
function hashField(hash: Hashing, store: RowStore, field: FieldLayout): void {
  for (const { start, count } of batches(store.rows, PIECE)) {
    const rows = rowsAsTheyLie(store, start, count, [field]);
    for (const data of rows.values()) hash.update(littleEndianBytes(data));
  }
}

function doubleBytes(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}
