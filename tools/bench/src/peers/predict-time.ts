// How long tfjs-layers' own `model.predict` takes for one row, on whichever instance of tfjs the peer brings.

import type * as Tf from "@tensorflow/tfjs-core";
import type { Sequential } from "@tensorflow/tfjs-layers";
import { medianTime } from "../rate.ts";
import { firstRow, type Workload } from "../workload.ts";

/** Seconds, from numbers to numbers: a tensor is made of the row, and the result is read. */
export function predictTime(
  tf: Pick<typeof Tf, "tensor2d" | "dispose">,
  model: Sequential,
  workload: Workload,
  seconds: number,
): number {
  const row = firstRow(workload);
  return medianTime(seconds, () => {
    const input = tf.tensor2d(row, [1, row.length]);
    const output = model.predict(input);
    if (Array.isArray(output)) throw new Error("the model has one output");
    output.dataSync();
    tf.dispose([input, output]);
  });
}
