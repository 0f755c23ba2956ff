// Everybody who trains the networks, the baseline first. Each is loaded on its own: a process that measures one library
// must hold no other copy of tfjs.

import type { NetworkPeer } from "./peer.ts";

/** Before the name of a network that is to predict. */
export const PREDICT = "predict:";

interface NetworkPeerEntry {
  readonly name: string;
  /** What it takes part in. */
  readonly does: readonly ("train" | "predict")[];
  readonly load: () => Promise<NetworkPeer>;
}

const netwright = (backend: string, threads?: number, numerics?: "fused"): NetworkPeerEntry => ({
  name: [backend, threads, numerics].filter((part) => part !== undefined).join("-"),
  does: ["train", "predict"],
  load: async () => (await import("./netwright.ts")).netwrightOn(backend, threads, numerics),
});

export const networkPeers: readonly NetworkPeerEntry[] = [
  { name: "tfjs-wasm", does: ["train"], load: async () => (await import("./tfjs-wasm.ts")).tfjsWasmNetworks },
  { name: "tfjs-node", does: ["train"], load: async () => (await import("./tfjs-node.ts")).tfjsNodeNetworks },
  {
    name: "pytorch-2-threads",
    does: ["train"],
    load: async () =>
      (await import("./python.ts")).pythonNetworks(
        "pytorch-2-threads",
        "a PyTorch loop, torch.set_num_threads(2)",
      ),
  },
  {
    name: "jax",
    does: ["train"],
    load: async () => (await import("./python.ts")).pythonNetworks("jax", "a jitted JAX step by hand"),
  },
  {
    name: "onnxruntime-web-2",
    does: ["predict"],
    load: async () => (await import("./onnxruntime-web.ts")).onnxruntimeWeb(2),
  },
  netwright("xla"),
  netwright("jit", 1),
  netwright("jit", 2),
  netwright("jit", 2, "fused"),
];
