// ONNX Runtime compiled to WebAssembly, with the file that Netwright exports of the network.

import { at } from "@netwright/definitions";
import { exportModel, train } from "netwright";
import * as ort from "onnxruntime-web";
import { epochRate } from "../rate.ts";
import { CLASSES, type Network, networkBatches } from "./networks.ts";
import type { NetworkPeer } from "./peer.ts";

export function onnxruntimeWeb(threads: number): NetworkPeer {
  return {
    name: `onnxruntime-web-${threads}`,
    what: `onnxruntime-web ${ort.env.versions.common} with ${threads} threads, of our own export`,
    predict: async (network, seconds) => {
      ort.env.wasm.numThreads = threads;
      const session = await ort.InferenceSession.create(await exported(network));
      const each = network.input.reduce((product, size) => product * size, 1);
      const name = at(session.inputNames, 0);
      const feeds = networkBatches(network).map(({ feeds: { x } }) => ({
        [name]: new ort.Tensor("float32", Float32Array.from(x ?? []), [network.batch, each]),
      }));
      const rates = await epochRate(feeds.length * network.batch, seconds, async () => {
        for (const feed of feeds) await session.run(feed);
      });
      return { ...rates, note: `${threads} threads` };
    },
  };
}

/** What the weights are does not matter: of one epoch over few rows. */
async function exported({ name, input, layers, uses }: Network): Promise<Uint8Array> {
  const each = input.reduce((product, size) => product * size, 1);
  const rows = Array.from({ length: 4 * CLASSES }, (_, row) => ({
    ...Object.fromEntries(
      Array.from({ length: each }, (_unused, i) => [`x${i}`, ((row * 7 + i * 3) % 11) / 11]),
    ),
    y: `class ${row % CLASSES}`,
  }));
  const text = [
    "netwright 1",
    ...(uses === null ? [] : [`use "${uses}"`]),
    `data ${name} { source: "rows.csv"\n target: y\n scale: none }`,
    `model { ${[`reshape([${input.join(", ")}])`, ...layers].join(" -> ")} }`,
    "train { loss: cross_entropy\n epochs: 1 }",
  ].join("\n");
  const { bundle } = await train(text, { data: rows });
  return at(await exportModel(bundle, "onnx", { rawInput: true }), 0).content;
}
