// A disk for the tests of what puts tables on one.

import { type Field, rowStore, type Storage } from "../src/index.ts";

/** A disk that is none: what it is given is copied, and what it gives is a copy. */
export function storage(most = 0): Storage & { readonly stored: () => number; readonly taken: () => number } {
  let disk = new Uint8Array(1024);
  let [length, taken] = [0, 0];
  return {
    most,
    stored: () => length,
    taken: () => taken,
    bytes: {
      append(bytes) {
        if (length + bytes.length > disk.length) {
          const larger = new Uint8Array(2 * (length + bytes.length));
          larger.set(disk);
          disk = larger;
        }
        disk.set(bytes, length);
        length += bytes.length;
        return length - bytes.length;
      },
      read(place, into) {
        taken += into.length;
        into.set(disk.subarray(place, place + into.length));
      },
    },
    rows(layout) {
      const pieces: number[] = [];
      return {
        append: (words) => pieces.push(...words),
        finish: () => {
          const width = layout.reduce((sum, field) => sum + field.width, 0);
          const rows = pieces.length / width;
          let from = 0;
          const fields = layout.map(({ name, width: own, array }): Field => {
            const bits = Uint32Array.from({ length: rows * own }, (_, i) => {
              return pieces[Math.floor(i / own) * width + from + (i % own)] ?? 0;
            });
            from += own;
            const data = array === "Int32Array" ? new Int32Array(bits.buffer) : new Float32Array(bits.buffer);
            return { name, width: own, data };
          });
          return rowStore(rows, fields);
        },
      };
    },
  };
}
