// Everybody who takes part, the baseline first. Each is loaded on its own: a process that measures one library
// must hold no other copy of tfjs.

import type { Peer } from "./peer.ts";

export interface PeerEntry {
  readonly name: string;
  readonly load: () => Promise<Peer>;
}

const netwright = (name: string): PeerEntry => ({
  name,
  load: async () => (await import("./netwright.ts")).netwrightPeer(name),
});

export const peers: readonly PeerEntry[] = [
  { name: "tfjs-layers", load: async () => (await import("./tfjs-layers.ts")).tfjsLayersPeer },
  netwright("wasm"),
  { name: "tfjs-node", load: async () => (await import("./tfjs-node.ts")).tfjsNodePeer },
  netwright("native"),
  netwright("jit"),
];
