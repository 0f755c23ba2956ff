// Rows by the first bits of their hashes: what is asked of one part of them at a time is near to the processor, which of all
// rows would be looked for anew with each.

import { int32At } from "@netwright/definitions";

export interface HashParts {
  /** The hashes, those of a part side by side, in the order of the rows. */
  readonly hashes: Int32Array;
  /** Of each of them the place of its row. */
  readonly places: Int32Array;
  /** Where each part begins, and behind it the next. */
  readonly starts: Int32Array;
}

/** About as many rows of a part. */
const ROWS = 8192;
/** Of so many parts each is written to at once. */
const MOST_BITS = 10;

export function hashParts(hashes: Int32Array): HashParts {
  let bits = 1;
  while (bits < MOST_BITS && hashes.length >> bits > ROWS) bits++;
  const shift = 32 - bits;
  const starts = new Int32Array(2 ** bits + 1);
  for (let i = 0; i < hashes.length; i++) {
    const behind = (int32At(hashes, i) >>> shift) + 1;
    starts[behind] = int32At(starts, behind) + 1;
  }
  for (let part = 1; part < starts.length; part++)
    starts[part] = int32At(starts, part - 1) + int32At(starts, part);
  const next = starts.slice();
  const sorted = { hashes: new Int32Array(hashes.length), places: new Int32Array(hashes.length) };
  for (let i = 0; i < hashes.length; i++) {
    const hash = int32At(hashes, i);
    const part = hash >>> shift;
    const at = int32At(next, part);
    sorted.hashes[at] = hash;
    sorted.places[at] = i;
    next[part] = at + 1;
  }
  return { ...sorted, starts };
}
