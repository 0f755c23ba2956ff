// tfjs-layers' own `model.fit` and `predict` on tfjs-node, with the same network, loss, optimizer and data: the
// library that `netwright setup native` has installed, loaded as its users load it.

import { importTfjsNode } from "@netwright/backend-native";
import type * as Tf from "@tensorflow/tfjs-core";
import type * as Layers from "@tensorflow/tfjs-layers";
import { fastestRate, fastestTime } from "../rate.ts";
import { hiddenLayers } from "./hidden-layers.ts";
import { nativeObstacle } from "./native-obstacle.ts";
import type { Peer } from "./peer.ts";

type TfjsNode = typeof Tf & typeof Layers;

export const tfjsNodePeer: Peer = {
  name: "tfjs-node",
  what: "model.fit and model.predict of tfjs-layers on tfjs-node",
  obstacle: nativeObstacle,
  train: async (workload, batch, seconds) => {
    const tf = load();
    const model = hiddenLayers(tf, tf, workload);
    const { rows, x, y } = workload.prepared.splits.train;
    const inputs = tf.tensor2d(x, [rows, x.length / rows]);
    const targets = tf.tensor2d(y, [rows, y.length / rows]);
    const times: number[] = [];
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end || times.length < 4) {
      const start = performance.now();
      await model.fit(inputs, targets, { epochs: 1, batchSize: batch, shuffle: true, verbose: 0 });
      times.push((performance.now() - start) / 1000);
    }
    return fastestRate(rows, times.slice(1));
  },
  predictOne: async (workload, seconds) => {
    const tf = load();
    const model = hiddenLayers(tf, tf, workload);
    const row = workload.prepared.splits.test.x.slice(0, workload.prepared.features.length);
    return fastestTime(seconds, () => {
      const input = tf.tensor2d(row, [1, row.length]);
      const output = model.predict(input);
      if (Array.isArray(output)) throw new Error("the model has one output");
      output.dataSync();
      tf.dispose([input, output]);
    });
  },
};

function load(): TfjsNode {
  // tfjs-node exports all of tfjs; it is no dependency of this package, so its own types are not here.
  return importTfjsNode(process.env) as unknown as TfjsNode;
}
