// tfjs-layers' own `model.fit` on the stock wasm backend, with the same network, loss, optimizer and data.

import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-cpu";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { fastestRate } from "../rate.ts";
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
    const model = hiddenLayers(tf, tfl, workload);
    const { rows, x, y } = workload.prepared.splits.train;
    const inputs = tf.tensor2d(x, [rows, x.length / rows]);
    const targets = tf.tensor2d(y, [rows, y.length / rows]);
    const times: number[] = [];
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end || times.length < 4) {
      const start = performance.now();
      await model.fit(inputs, targets, { epochs: 1, batchSize: batch, shuffle: true, verbose: 0 });
      times.push((performance.now() - start) / 1000);
    }
    return fastestRate(rows, times.slice(1));
  },
};
