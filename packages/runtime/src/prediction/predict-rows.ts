// Predictions for any number of rows from a program that predicts fixed numbers of them.

import type { Executable } from "../executable/executable.ts";

/**
 * `x` is [rows x features], the result [rows x outputs], both encoded and row-major. `sizes` are the batch
 * sizes of the program's `predict` functions. The largest size is used while it is full; the rest is padded
 * with zeros to the smallest size that holds it, and what is predicted for the padding is dropped.
 */
export function predictRows(
  executable: Executable,
  sizes: readonly number[],
  x: Float32Array,
  rows: number,
  features: number,
  outputs: number,
): Float32Array {
  if (x.length !== rows * features) {
    throw new RangeError(`${x.length} inputs for ${rows} rows of ${features} features`);
  }
  const ascending = [...sizes].sort((a, b) => a - b);
  const largest = ascending.at(-1);
  if (largest === undefined || largest < 1) throw new RangeError("the program has no predict function");
  const result = new Float32Array(rows * outputs);
  for (let start = 0; start < rows; start += largest) {
    const count = Math.min(largest, rows - start);
    const size = ascending.find((candidate) => candidate >= count) ?? largest;
    const part = x.subarray(start * features, (start + count) * features);
    const prediction = executable.predict(size === count ? part : padded(part, size * features), size);
    result.set(prediction.subarray(0, count * outputs), start * outputs);
  }
  return result;
}

function padded(part: Float32Array, length: number): Float32Array {
  const whole = new Float32Array(length);
  whole.set(part);
  return whole;
}
