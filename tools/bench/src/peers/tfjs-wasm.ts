// tfjs-layers' own `model.fit` and `predict` on the stock wasm backend, with the same network, loss, optimizer and
// data.

import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-cpu";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { fitRate } from "./fit-rate.ts";
import { hiddenLayers } from "./hidden-layers.ts";
import type { Peer } from "./peer.ts";
import { predictTime } from "./predict-time.ts";

export const tfjsWasmPeer: Peer = {
  name: "tfjs-wasm",
  what: "model.fit and model.predict of tfjs-layers on the stock tfjs-backend-wasm",
  train: async (workload, batch, seconds) => {
    await startWasm();
    return fitRate(tf, hiddenLayers(tf, tfl, workload), workload, batch, seconds);
  },
  predictOne: async (workload, seconds) => {
    await startWasm();
    return { value: predictTime(tf, hiddenLayers(tf, tfl, workload), workload, seconds) };
  },
};

export async function startWasm(): Promise<void> {
  const require = createRequire(import.meta.url);
  setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
  await tf.setBackend("wasm");
  await tf.ready();
}
