// The networks in tfjs-layers, for whichever copy of it a peer runs.

import type * as Tf from "@tensorflow/tfjs-core";
import type * as Layers from "@tensorflow/tfjs-layers";
import { epochRate, type Rates } from "../rate.ts";
import { CLASSES, type Network, networkRows } from "./networks.ts";

type Tfl = Pick<typeof Layers, "sequential" | "layers">;

function layersOf({ name, input }: Network, { layers }: Tfl): readonly Layers.layers.Layer[] {
  const inputShape = [...input];
  const last = layers.dense({ units: CLASSES, activation: "softmax" });
  switch (name) {
    case "cnn":
      return [
        layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu", inputShape }),
        layers.conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 128, activation: "relu" }),
        last,
      ];
    case "lstm":
      // Its orthogonal initializer takes what the core alone has not got.
      return [
        layers.lstm({
          units: 64,
          recurrentActivation: "sigmoid",
          recurrentInitializer: "glorotUniform",
          inputShape,
        }),
        last,
      ];
    case "transformer":
      throw new Error("tfjs-layers has no attention");
  }
}

/** Of tfjs-layers' own `model.fit`, over about that many seconds, after a warm-up epoch. */
export function tfjsRate(tf: typeof Tf, tfl: Tfl, network: Network, seconds: number): Promise<Rates> {
  const model = tfl.sequential();
  for (const layer of layersOf(network, tfl)) model.add(layer);
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
  const { x, y } = networkRows(network);
  const inputs = tf.tensor(x, [y.length, ...network.input]);
  const targets = tf.oneHot(tf.tensor1d(y, "int32"), CLASSES);
  return epochRate(y.length, seconds, () =>
    model.fit(inputs, targets, { epochs: 1, batchSize: network.batch, shuffle: false, verbose: 0 }),
  );
}
