// tfjs-layers' own `model.fit` on the stock wasm backend, with the same network, loss, optimizer and data.

import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-cpu";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { fitRate } from "./fit-rate.ts";
import { hiddenLayers } from "./hidden-layers.ts";
import type { Peer } from "./peer.ts";

export const tfjsLayersPeer: Peer = {
  name: "tfjs-layers",
  what: "model.fit of tfjs-layers on the stock tfjs-backend-wasm",
  train: async (workload, batch, seconds) => {
    const require = createRequire(import.meta.url);
    setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
    await tf.setBackend("wasm");
    await tf.ready();
    return fitRate(tf, hiddenLayers(tf, tfl, workload), workload, batch, seconds);
  },
};
