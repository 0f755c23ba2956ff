// How fast tfjs-layers' own `model.fit` trains, on whichever instance of tfjs the peer brings.

import type * as Tf from "@tensorflow/tfjs-core";
import type { Sequential } from "@tensorflow/tfjs-layers";
import { epochRate, type Rates } from "../rate.ts";
import type { Workload } from "../workload.ts";

/** Over about that many seconds, after a warm-up epoch. */
export function fitRate(
  tf: typeof Tf,
  model: Sequential,
  workload: Workload,
  batch: number,
  seconds: number,
): Promise<Rates> {
  const { rows, x, y } = workload.prepared.splits.train;
  const inputs = tf.tensor2d(x, [rows, x.length / rows]);
  const targets = tf.tensor2d(y, [rows, y.length / rows]);
  return epochRate(rows, seconds, () =>
    model.fit(inputs, targets, { epochs: 1, batchSize: batch, shuffle: true, verbose: 0 }),
  );
}
