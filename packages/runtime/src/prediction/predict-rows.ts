// Predictions for any number of rows from a program that predicts fixed numbers of them.

import type { RowStore } from "@netwright/data";
import type { Executable } from "../executable/executable.ts";

/**
 * For all rows of the store, row-major and encoded. `sizes` are the batch sizes of the program's `predict` functions.
 * The largest size is used while it is full; the rest is padded with zeros to the smallest size that holds it, and
 * what is predicted for the padding is dropped.
 */
export function predictRows(executable: Executable, sizes: readonly number[], store: RowStore): Float32Array {
  const { rows } = store;
  const ascending = [...sizes].sort((a, b) => a - b);
  const largest = ascending.at(-1);
  if (largest === undefined || largest < 1) throw new RangeError("the program has no predict function");
  let result = new Float32Array(0);
  for (let start = 0; start < rows; start += largest) {
    const count = Math.min(largest, rows - start);
    const size = ascending.find((candidate) => candidate >= count) ?? largest;
    const { inputs, outputs: made, run } = executable.invocation("predict", size);
    store.gather(null, start, count, inputs);
    if (count < size) for (const input of inputs.values()) input.fill(0, (input.length / size) * count);
    run();
    const prediction = made.get("prediction");
    if (prediction === undefined) throw new Error("a predict function gives a prediction");
    const outputs = prediction.length / size;
    if (start === 0) result = new Float32Array(rows * outputs);
    result.set(prediction.subarray(0, count * outputs), start * outputs);
  }
  return result;
}
