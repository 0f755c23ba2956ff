// Everybody who trains the networks, the baseline first. Each is loaded on its own: a process that measures one library
// must hold no other copy of tfjs.

import type { NetworkPeer } from "./peer.ts";

interface NetworkPeerEntry {
  readonly name: string;
  readonly load: () => Promise<NetworkPeer>;
}

const netwright = (backend: string, threads?: number): NetworkPeerEntry => ({
  name: threads === undefined ? backend : `${backend}-${threads}`,
  load: async () => (await import("./netwright.ts")).netwrightOn(backend, threads),
});

export const networkPeers: readonly NetworkPeerEntry[] = [
  { name: "tfjs-wasm", load: async () => (await import("./tfjs-wasm.ts")).tfjsWasmNetworks },
  { name: "tfjs-node", load: async () => (await import("./tfjs-node.ts")).tfjsNodeNetworks },
  {
    name: "pytorch-2-threads",
    load: async () =>
      (await import("./python.ts")).pythonNetworks(
        "pytorch-2-threads",
        "a PyTorch loop, torch.set_num_threads(2)",
      ),
  },
  {
    name: "jax",
    load: async () => (await import("./python.ts")).pythonNetworks("jax", "a jitted JAX step by hand"),
  },
  netwright("xla"),
  netwright("jit", 1),
  netwright("jit", 2),
];
