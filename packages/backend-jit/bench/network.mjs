// The networks that are measured: 8-512-512-512-1, ReLU, MAE, Adam; and a small one for pictures.

import { definitions } from "@netwright/compiler";
import { analyze } from "@netwright/lang";

const dense =
  "netwright 1\nmodel {\n input(8)\n repeat 3 { dense(512, relu) }\n dense(1)\n}\n" +
  "train {\n optimizer: adam(0.001)\n loss: mae\n}\n";
const pictures =
  "netwright 1\nmodel {\n input(28, 28, 1)\n conv2d(32, 3, activation: relu)\n conv2d(64, 3, activation: relu)\n" +
  " max_pooling2d(2)\n flatten\n dense(128, relu)\n dense(10)\n}\n" +
  "train {\n optimizer: adam(0.001)\n loss: cross_entropy\n}\n";
const catalog = {
  layer: definitions.layer,
  // Older builds had all families but the layers in a table of their own.
  definitions: {
    ...(definitions.definitions ?? definitions),
    encoder: new Map([["zscore", { name: "zscore", doc: "", params: {} }]]),
    missing: new Map(),
    column: new Map(),
  },
  metrics: new Map(),
};
const host = { readFile: () => undefined, columns: () => undefined };

function modelOf(text) {
  const { model, diagnostics } = analyze({ file: "bench.net", text }, { catalog, host });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

/** What stands between the input and the dense layer that tells ten classes apart. */
const classesOf = (input, layers) =>
  modelOf(
    `netwright 1\nmodel {\n input(${input})\n ${layers}\n dense(10)\n}\n` +
      "train {\n optimizer: adam(0.001)\n loss: cross_entropy\n}\n",
  );

export const model = modelOf(dense);
/** 28x28, convolutions of 32 and 64 kernels of 3x3, a maximum over 2x2, two dense layers, cross entropy. */
export const cnn = () => modelOf(pictures);
/** Rows of the functions that a training of concrete.net has, with batches of 128. */
export const sizes = { step: [128, 81], evaluate: [155] };
/** 64 units over 50 steps of 16 numbers. */
export const lstm = () => classesOf("50, 16", "lstm(64)");
/** Attention of 4 heads among 64 steps of 64 numbers. */
export const attention = () =>
  classesOf("64, 64", "multi_head_attention(4)\n layer_norm\n global_average_pooling1d");
