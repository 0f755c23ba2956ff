// The networks of `npm run bench -- networks`: one of each kind that is more than dense layers, small as those that are
// trained in a browser or on a laptop. All tell ten classes apart, with cross entropy and Adam.

import type { Model } from "@netwright/lang";
import type { Batch } from "@netwright/runtime";
import { nodeFiles, openProject } from "netwright";

export interface Network {
  readonly name: "cnn" | "lstm" | "transformer";
  readonly title: string;
  /** Of a row. */
  readonly input: readonly number[];
  readonly batch: number;
  /** Its layers, for a `.net` file. */
  readonly layers: readonly string[];
  /** The library that they are from. */
  readonly uses: string | null;
}

export const CLASSES = 10;
/** Of an epoch. */
export const BATCHES = 4;

export const networks: readonly Network[] = [
  {
    name: "cnn",
    title: "CNN on 28x28: conv2d 32 and 64 of 3x3, max_pooling2d 2, dense 128 and 10; batch 64",
    input: [28, 28, 1],
    batch: 64,
    layers: [
      "conv2d(32, 3, activation: relu)",
      "conv2d(64, 3, activation: relu)",
      "max_pooling2d(2)",
      "flatten",
      "dense(128, relu)",
      `dense(${CLASSES})`,
    ],
    uses: null,
  },
  {
    name: "lstm",
    title: "LSTM of 64 units over 50 steps of 16 numbers, dense 10; batch 64",
    input: [50, 16],
    batch: 64,
    layers: ["lstm(64)", `dense(${CLASSES})`],
    uses: null,
  },
  {
    name: "transformer",
    title: "transformer encoder: 2 blocks, width 64, 4 heads, 64 tokens, mean, dense 10; batch 32",
    input: [64, 64],
    batch: 32,
    layers: [
      "transformer_encoder(64, num_heads: 4, dropout: 0%)",
      "transformer_encoder(64, num_heads: 4, dropout: 0%)",
      "global_average_pooling1d",
      `dense(${CLASSES})`,
    ],
    uses: "netwright/sequences",
  },
];

export function networkNamed(name: string): Network {
  const found = networks.find((network) => network.name === name);
  if (found === undefined) throw new Error(`there is no network ${name}`);
  return found;
}

/** @throws where a layer of it is not known */
export function networkModel({ name, input, layers, uses }: Network): Model {
  const used = uses === null ? "" : `use "${uses}"\n\n`;
  const flow = [`input(${input.join(", ")})`, ...layers].map((layer) => `  ${layer}`).join("\n");
  const text = `netwright 1\n\n${used}model {\n${flow}\n}\n\ntrain {\n  loss: cross_entropy\n  optimizer: adam(learning_rate: 1e-3)\n}\n`;
  const file = `${name}.net`;
  const { model, diagnostics } = openProject({ file, text }, { files: nodeFiles() });
  if (model === undefined) {
    throw new Error(`${file}: ${diagnostics.map(({ message }) => message).join(" ")}`);
  }
  return model;
}

/** Numbers between 0 and 1 and classes, the same every time, for all batches of an epoch. */
export function networkRows({ input, batch }: Network): { readonly x: Float32Array; readonly y: Int32Array } {
  const rows = BATCHES * batch;
  const each = input.reduce((product, size) => product * size, 1);
  const number = (i: number): number => ((Math.imul(i + 1, 2654435761) >>> 8) & 2047) / 2048;
  return {
    x: Float32Array.from({ length: rows * each }, (_, i) => number(i)),
    y: Int32Array.from({ length: rows }, (_, i) => Math.floor(CLASSES * number(7 * i))),
  };
}

/** The batches of an epoch, one after the other. */
export function networkBatches(network: Network): readonly Batch[] {
  const { x, y } = networkRows(network);
  const { batch } = network;
  const each = x.length / y.length;
  return Array.from({ length: BATCHES }, (_, i) => ({
    rows: batch,
    feeds: { x: x.slice(i * batch * each, (i + 1) * batch * each), y: y.slice(i * batch, (i + 1) * batch) },
  }));
}
