// The benchmark's network in tfjs-layers, for whichever copy of it a peer runs.

import type * as Tf from "@tensorflow/tfjs-core";
import type * as Layers from "@tensorflow/tfjs-layers";
import type { Workload } from "../workload.ts";

export function hiddenLayers(
  tf: Pick<typeof Tf, "train">,
  { sequential, layers }: Pick<typeof Layers, "sequential" | "layers">,
  { prepared }: Workload,
): Layers.Sequential {
  const model = sequential();
  model.add(layers.dense({ units: 512, activation: "relu", inputShape: [prepared.features.length] }));
  model.add(layers.dense({ units: 512, activation: "relu" }));
  model.add(layers.dense({ units: 512, activation: "relu" }));
  model.add(layers.dense({ units: prepared.target.length }));
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "meanAbsoluteError" });
  return model;
}
