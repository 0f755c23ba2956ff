// All rows, in order.

/** 0 to `rows` - 1. `Int32Array.from` would ask a function for each. */
export function upTo(rows: number): Int32Array {
  const numbers = new Int32Array(rows);
  for (let row = 0; row < rows; row++) numbers[row] = row;
  return numbers;
}
