// How long texts become of which each says how many bytes it shares with the one before: few bytes can say very long ones, so
// that it is looked at before the library makes them. Format: DELTA_BYTE_ARRAY,
// https://parquet.apache.org/docs/file-format/data-pages/encodings/

import { deltaBinaryUnpack } from "hyparquet/src/delta.js";

/** Bytes of all `count` texts, which begin at `at` of the page. @throws RangeError where the page ends before */
export function bytesOfDeltas(page: Uint8Array, at: number, count: number): number {
  if (count === 0) return 0;
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const reader = { view, offset: at };
  // What is shared, and then what each has of its own.
  const lengths = new Int32Array(count);
  let total = 0;
  for (let part = 0; part < 2; part++) {
    deltaBinaryUnpack(reader, count, lengths);
    for (const length of lengths) total += length;
  }
  return total;
}
