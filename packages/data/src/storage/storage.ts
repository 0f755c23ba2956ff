// Where what is too large for memory is put while a training lasts: columns as they are read, encoded rows as they are
// trained on. Whoever has a disk hands it in; without one, all is in memory. The bits are the same.

import type { FieldLayout, RowStore } from "../batch/row-store.ts";

export interface Storage {
  /** Bytes that the columns of a table, and its encoded rows, may each take in memory. */
  readonly most: number;
  readonly bytes: BytesOnDisk;
  /** Takes encoded rows as they come; `finish` gives them. */
  readonly rows: (layout: readonly FieldLayout[]) => RowWriter;
}

export interface BytesOnDisk {
  /** Gives the place of the first. */
  readonly append: (bytes: Uint8Array) => number;
  /** Fills `into` with those from `place` on. */
  readonly read: (place: number, into: Uint8Array) => void;
}

export interface RowWriter {
  /** `words` are rows, row-major, with the fields of the layout side by side in its order: their bits, whatever they are. */
  readonly append: (words: Uint32Array) => void;
  readonly finish: () => RowStore;
}
