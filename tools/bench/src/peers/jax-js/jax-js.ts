// jax-js on its wasm backend, which has one thread in Node.

import { blockUntilReady, defaultDevice, init, numpy as np, tree } from "@jax-js/jax";
import { batches, permutation, rowsOf } from "@netwright/data";
import { epochRate, medianTime } from "../../rate.ts";
import { firstRow, type Workload } from "../../workload.ts";
import type { Peer } from "../peer.ts";
import { adam, gradients, initial, type Network, predict, rateAt, zerosLike } from "./network.ts";

const RATE = 1e-3;

export const jaxJsPeer: Peer = {
  name: "jax-js",
  what: "a training step written with jit and valueAndGrad of @jax-js/jax, Adam by hand, on wasm",
  train: async (workload, batch, seconds) => {
    const start = await networkFor(workload);
    const split = workload.prepared.splits.train;
    const { rows, x, y } = split;
    const store = rowsOf(split);
    const [features, outputs] = [x.length / rows, y.length / rows];
    const cuts = batches(rows, batch);
    let state: [Network, Network, Network] = [start, zerosLike(start), zerosLike(start)];
    let [epochs, steps] = [0, 0];
    const rates = await epochRate(rows, seconds, async () => {
      const order = permutation(rows, workload.train.seed, epochs++);
      for (const { start: from, count } of cuts) {
        // `np.array` may keep the buffer: each step brings its own.
        const [xs, ys] = [new Float32Array(count * features), new Float32Array(count * outputs)];
        store.gather(
          order,
          from,
          count,
          new Map([
            ["x", xs],
            ["y", ys],
          ]),
        );
        const inputs = np.array(xs).reshape([count, features]);
        const targets = np.array(ys).reshape([count, outputs]);
        const [network, first, second] = state;
        const [loss, grads] = gradients(tree.ref(network), inputs, targets);
        state = adam(network, first, second, grads, rateAt(++steps, RATE));
        loss.dispose();
      }
      await blockUntilReady(state);
    });
    return { ...rates, note: "1 thread" };
  },
  predictOne: async (workload, seconds) => {
    const network = await networkFor(workload);
    const row = firstRow(workload);
    const time = medianTime(seconds, () => {
      predict(tree.ref(network), np.array(row.slice()).reshape([1, row.length])).dataSync();
    });
    return { value: time, note: "1 thread" };
  },
};

async function networkFor({ prepared }: Workload): Promise<Network> {
  await init("wasm");
  defaultDevice("wasm");
  let state = 1;
  // Any numbers will do; all of them normal.
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
  return initial([prepared.features.length, 512, 512, 512, prepared.target.length], random);
}
