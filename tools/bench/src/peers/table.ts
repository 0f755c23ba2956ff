// Everybody who takes part, the baseline first. Each is loaded on its own: a process that measures one library
// must hold no other copy of tfjs.

import type { Peer } from "./peer.ts";
import type { PythonPeer } from "./python.ts";

export interface PeerEntry {
  readonly name: string;
  readonly load: () => Promise<Peer>;
}

const netwright = (backend: string, threads?: number, numerics?: "fused"): PeerEntry => ({
  name: [backend, threads, numerics].filter((part) => part !== undefined).join("-"),
  load: async () => (await import("./netwright.ts")).netwrightPeer(backend, threads, numerics),
});

const python = (peer: PythonPeer): PeerEntry => ({
  name: peer.name,
  load: async () => (await import("./python.ts")).pythonPeer(peer),
});

const TORCH = ["torch"];

export const peers: readonly PeerEntry[] = [
  { name: "tfjs-wasm", load: async () => (await import("./tfjs-wasm.ts")).tfjsWasmPeer },
  { name: "tfjs-node", load: async () => (await import("./tfjs-node.ts")).tfjsNodePeer },
  { name: "jax-js", load: async () => (await import("./jax-js/jax-js.ts")).jaxJsPeer },
  python({
    name: "keras-tensorflow",
    what: "Keras on TensorFlow, model.fit and model.predict",
    packages: ["keras", "tensorflow"],
  }),
  python({
    name: "keras-jax",
    what: "Keras on JAX, model.fit and model.predict",
    packages: ["keras", "jax"],
  }),
  python({ name: "pytorch", what: "a PyTorch loop, as many threads as it takes", packages: TORCH }),
  python({ name: "pytorch-2-threads", what: "the same, torch.set_num_threads(2)", packages: TORCH }),
  python({ name: "pytorch-fused", what: "the same as pytorch, Adam with fused=True", packages: TORCH }),
  python({ name: "jax", what: "a jitted JAX step by hand, its buffers donated", packages: ["jax"] }),
  netwright("wasm"),
  netwright("native"),
  netwright("xla"),
  netwright("jit", 1),
  netwright("jit", 2),
  netwright("jit", 1, "fused"),
  netwright("jit", 2, "fused"),
];

/** Those that all others are held against, as columns. */
export const REFERENCES = ["tfjs-wasm", "tfjs-node"] as const;
/** Ours, which are held against each of the others. */
export const OURS = ["wasm", "native", "xla", "jit-1", "jit-2"] as const;
