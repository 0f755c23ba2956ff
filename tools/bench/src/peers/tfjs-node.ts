// tfjs-layers' own `model.fit` and `predict` on tfjs-node, with the same network, loss, optimizer and data: the
// library that `netwright setup native` has installed, loaded as its users load it.

import { importTfjsNode } from "@netwright/backend-native";
import type * as Tf from "@tensorflow/tfjs-core";
import type * as Layers from "@tensorflow/tfjs-layers";
import { fastestTime } from "../rate.ts";
import { fitRate } from "./fit-rate.ts";
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
    return fitRate(tf, hiddenLayers(tf, tf, workload), workload, batch, seconds);
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
