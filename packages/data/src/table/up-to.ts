// All rows, in order.

import { inPieces } from "./in-pieces.ts";

/** 0 to `rows` - 1. `Int32Array.from` would ask a function for each. */
export function upTo(rows: number): Int32Array {
  const numbers = new Int32Array(rows);
  inPieces(rows, (start, end) => {
    for (let row = start; row < end; row++) numbers[row] = row;
  });
  return numbers;
}
