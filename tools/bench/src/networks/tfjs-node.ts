// tfjs-layers on tfjs-node.

import { nativeObstacle } from "../peers/native-obstacle.ts";
import { loadTfjsNode } from "../peers/tfjs-node.ts";
import type { NetworkPeer } from "./peer.ts";
import { tfjsRate } from "./tfjs-model.ts";

export const tfjsNodeNetworks: NetworkPeer = {
  name: "tfjs-node",
  what: "model.fit of tfjs-layers on tfjs-node",
  obstacle: nativeObstacle,
  train: async (network, seconds) => {
    const tf = loadTfjsNode();
    return tfjsRate(tf, tf, network, seconds);
  },
};
