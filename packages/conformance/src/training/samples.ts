// The data that the kit trains on: a smooth function of four inputs, the same for every backend.

import { tensor } from "@netwright/ir";
import type { Batch } from "@netwright/runtime";
import { INPUTS } from "../programs/dense-network.ts";
import { randomTensor } from "../values/random-tensor.ts";

/** Batch sizes of one pass over the data; the last is smaller. */
export const BATCHES: readonly number[] = [16, 16, 6];

const ROWS = 38;

function target(x: Float32Array, row: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = x.subarray(row * INPUTS, (row + 1) * INPUTS);
  return a * b + c / 2 - Math.abs(d);
}

/** All batches of one pass, with weights of their rows for evaluations. Inputs are between -1 and 1. */
export function samples(): readonly Batch[] {
  const x = new Float32Array(randomTensor(tensor("f32", [ROWS, INPUTS]), 7, "moderate").data).map(
    (v) => v / 4,
  );
  const y = Float32Array.from({ length: ROWS }, (_, row) => target(x, row));
  let from = 0;
  return BATCHES.map((rows) => {
    const feeds = {
      x: x.slice(from * INPUTS, (from + rows) * INPUTS),
      y: y.slice(from, from + rows),
      weight: Float32Array.from({ length: rows }, (_, row) => (row % 5) / 4),
    };
    from += rows;
    return { rows, feeds };
  });
}

/** The batch of step `index`, counting from 0 through as many passes as it takes. */
export function batchAt(batches: readonly Batch[], index: number): Batch {
  const batch = batches[index % batches.length];
  if (batch === undefined) throw new Error("there are no batches");
  return batch;
}
