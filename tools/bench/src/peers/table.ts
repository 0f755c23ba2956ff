// Everybody who takes part, the baseline first.

import { netwrightPeer } from "./netwright.ts";
import type { Peer } from "./peer.ts";
import { tfjsLayersPeer } from "./tfjs-layers.ts";

export const peers: readonly Peer[] = [tfjsLayersPeer, netwrightPeer("wasm")];
