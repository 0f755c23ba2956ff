// One hash for the data as training sees it: rows, their order in the splits, encoded values, targets. It
// covers the file's content, the choice of columns, the encoders and the split at once.

import type { Split, SplitName } from "@netwright/data";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { littleEndianBytes } from "../tensors/tensors.ts";

const ORDER = ["train", "validation", "test"] as const satisfies readonly SplitName[];

/** SHA-256 over each split: one line of JSON `[name, rows, features, targets]`, then its arrays, little-endian. */
export function splitsHash(splits: Readonly<Record<SplitName, Split>>): string {
  const hash = sha256.create();
  const encoder = new TextEncoder();
  for (const name of ORDER) {
    const { rows, rowNumbers, x, others = [], y, target } = splits[name];
    hash.update(encoder.encode(`${JSON.stringify([name, rows, x.length, target.length])}\n`));
    hash.update(littleEndianBytes(rowNumbers));
    hash.update(littleEndianBytes(x));
    for (const { name: input, width, data } of others) {
      hash.update(encoder.encode(`${JSON.stringify([input, width])}\n`));
      hash.update(littleEndianBytes(data));
    }
    hash.update(littleEndianBytes(y));
    hash.update(doubleBytes(target));
  }
  return bytesToHex(hash.digest());
}

function doubleBytes(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}
