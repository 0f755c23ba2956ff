// tfjs-layers' own `model.fit` and `predict` on tfjs-node, with the same network, loss, optimizer and data: the
// library that `netwright setup native` has installed, loaded as its users load it.

import { importTfjsNode } from "@netwright/backend-native";
import type * as Tf from "@tensorflow/tfjs-core";
import type * as Layers from "@tensorflow/tfjs-layers";
import { fitRate } from "./fit-rate.ts";
import { hiddenLayers } from "./hidden-layers.ts";
import { nativeObstacle } from "./native-obstacle.ts";
import type { Peer } from "./peer.ts";
import { predictTime } from "./predict-time.ts";

type TfjsNode = typeof Tf & typeof Layers;

export const tfjsNodePeer: Peer = {
  name: "tfjs-node",
  what: "model.fit and model.predict of tfjs-layers on tfjs-node",
  obstacle: nativeObstacle,
  train: async (workload, batch, seconds) => {
    const tf = loadTfjsNode();
    return fitRate(tf, hiddenLayers(tf, tf, workload), workload, batch, seconds);
  },
  predictOne: async (workload, seconds) => {
    const tf = loadTfjsNode();
    return { value: predictTime(tf, hiddenLayers(tf, tf, workload), workload, seconds) };
  },
};

export function loadTfjsNode(): TfjsNode {
  // tfjs-node exports all of tfjs; it is no dependency of this package, so its own types are not here.
  return importTfjsNode(process.env) as unknown as TfjsNode;
}
