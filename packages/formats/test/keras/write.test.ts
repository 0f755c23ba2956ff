// What is written for Keras, read back as the zip, JSON and HDF5 that it is. Keras itself judges it by `npm run judges -- keras`.

import { describe, expect, test } from "@jest/globals";
import { activations, layers } from "@netwright/compiler";
import { type FormatName, formats, type PortableModel } from "@netwright/formats";
import { strFromU8, unzipSync } from "fflate";
import h5wasm from "h5wasm";
import { ACTIVATION_NAMES, LAYER_NAMES } from "../../src/model/layer-names.ts";
import { noise, portable } from "../portable.ts";

const data = Array.from({ length: 64 }, (_, i) => ({
  ...Object.fromEntries(Array.from({ length: 24 }, (_, j) => [`x ${j}`, noise(i, 3 + 2 * j) * 4 - 2])),
  y: noise(i, 5) * 10,
}));

const fileOf = (flow: string) => `netwright 1
data t { source: "t.csv", target: y }
model { ${flow} }
train { loss: mse, optimizer: adam(0.01), epochs: 2, batch: 16 }
`;

async function written(format: FormatName, model: PortableModel, options = {}) {
  const write = await formats[format].load();
  const result = await write(model, options);
  if ("refused" in result) throw new Error(JSON.stringify(result.refused));
  return result.files;
}

/** Every array by its path. */
async function arraysIn(content: Uint8Array) {
  const { FS } = await h5wasm.ready;
  FS.writeFile("/read.h5", content);
  const file = new h5wasm.File("/read.h5", "r");
  const arrays = new Map<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>();
  for (const path of file.paths()) {
    const found = file.get(path);
    if (!(found instanceof h5wasm.Dataset)) continue;
    const value: unknown = found.value;
    const values = ArrayBuffer.isView(value) ? [...(value as Float32Array)] : [Number(value)];
    arrays.set(path, { shape: found.shape ?? [], values });
  }
  file.close();
  return arrays;
}

test("every layer and activation of Netwright is in the table", () => {
  const own: readonly string[] = [...LAYER_NAMES, ...ACTIVATION_NAMES];
  expect(new Set(own)).toEqual(new Set(layers.keys()));
  expect(new Set<string>(ACTIVATION_NAMES)).toEqual(new Set(activations.keys()));
});

describe("a .keras file", () => {
  test("has its layers as JSON and its weights where Keras looks for them", async () => {
    const model = await portable(
      fileOf(
        "parallel { a { dense(4, relu) -> dense(3) } b { dense(3, leaky_relu(0.1)) } } -> add -> dense(1)",
      ),
      data,
    );
    const [file, beside] = await written("keras", model);
    expect(file?.name).toMatch(/\.keras$/);
    expect(beside?.name).toMatch(/_preprocess\.py$/);
    const parts = unzipSync(file?.content ?? new Uint8Array());
    const text = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
    const config = JSON.parse(text("config.json"));
    expect(config).toMatchObject({ module: "keras", class_name: "Model" });
    expect(config.config.input_layers[0]).toEqual(["x_0", 0, 0]);
    // Farthest from the output first: by that order Keras counts the layers of a class.
    const names = config.config.layers.map((layer: { readonly name: string }) => layer.name);
    expect(names.slice(24)).toEqual([
      "x_columns",
      "x_scaled",
      "dense_1",
      "dense_3",
      "dense_2",
      "dense_3_activation",
      "add_1",
      "dense_4",
      "original_units",
    ]);
    expect(JSON.parse(text("metadata.json"))).toMatchObject({
      netwright_contract: { format: "netwright-contract" },
    });
    const arrays = await arraysIn(parts["model.weights.h5"] ?? new Uint8Array());
    expect([...arrays].map(([path, { shape }]) => [path, shape]).sort()).toEqual(
      [
        ["layers/normalization/vars/0", [24]],
        ["layers/normalization/vars/1", [24]],
        ["layers/normalization/vars/2", []],
        ["layers/dense/vars/0", [24, 4]],
        ["layers/dense/vars/1", [4]],
        ["layers/dense_1/vars/0", [24, 3]],
        ["layers/dense_1/vars/1", [3]],
        ["layers/dense_2/vars/0", [4, 3]],
        ["layers/dense_2/vars/1", [3]],
        ["layers/dense_3/vars/0", [3, 1]],
        ["layers/dense_3/vars/1", [1]],
      ].sort(),
    );
    expect(arrays.get("layers/dense_1/vars/0")?.values).toEqual([
      ...(model.network.weights.get("dense_3")?.get("kernel")?.data ?? []),
    ]);
  });

  test.each([
    ["reshape([6, 4]) -> lstm(3) -> dense(1)", "layers/lstm/cell/vars/1", [3, 12]],
    [
      "reshape([6, 4]) -> bidirectional(gru(3)) -> dense(1)",
      "layers/bidirectional/backward_layer/cell/vars/2",
      [2, 9],
    ],
    [
      "reshape([6, 4]) -> multi_head_attention(2) -> flatten -> dense(1)",
      "layers/multi_head_attention/output_dense/vars/0",
      [2, 2, 4],
    ],
    [
      "reshape([6, 4]) -> sine_position_encoding -> flatten -> dense(1)",
      "layers/normalization_1/vars/0",
      [6, 4],
    ],
    ["dense(4) -> prelu -> dense(1)", "layers/p_re_lu/vars/0", [4]],
  ])("%s has %s", async (flow, path, shape) => {
    const [file] = await written("keras", await portable(fileOf(flow), data));
    const parts = unzipSync(file?.content ?? new Uint8Array());
    const arrays = await arraysIn(parts["model.weights.h5"] ?? new Uint8Array());
    expect(arrays.get(path)?.shape).toEqual(shape);
  });

  test("of a raw input has the network alone, and no module", async () => {
    const files = await written("keras", await portable(fileOf("dense(1)"), data), { rawInput: true });
    expect(files).toHaveLength(1);
    const parts = unzipSync(files[0]?.content ?? new Uint8Array());
    const { config } = JSON.parse(strFromU8(parts["config.json"] ?? new Uint8Array()));
    expect(config.layers.map((layer: { readonly class_name: string }) => layer.class_name)).toEqual([
      "InputLayer",
      "Dense",
    ]);
  });
});

test("the same model is the same bytes, whenever it is written", async () => {
  const model = await portable(fileOf("dense(2) -> dense(1)"), data);
  const [first] = await written("keras", model);
  await new Promise((later) => setTimeout(later, 1100));
  const [second] = await written("keras", model);
  expect(second?.content).toEqual(first?.content);
  // The clock goes on.
  expect(Date.now()).toBeGreaterThan(1e12);
});

test("code that builds the network, line by line", async () => {
  const model = await portable(
    fileOf(
      "reshape([6, 4]) -> residual { multi_head_attention(2, causal: true) } -> bidirectional(lstm(3)) -> dense(1)",
    ),
    data,
  );
  const files = await written("keras-code", model);
  const code = new TextDecoder().decode(files[0]?.content);
  expect(files.map(({ name }) => name.replace(model.name, "NAME"))).toEqual([
    "NAME.py",
    "NAME.weights.h5",
    "NAME_preprocess.py",
  ]);
  expect(code).toContain('    x_0 = keras.Input((1,), name="x_0")\n');
  expect(code).toContain(
    'layers.MultiHeadAttention(num_heads=2, key_dim=2, value_dim=2, use_bias=True, output_shape=4, name="multi_head_attention_1")(reshape_1, reshape_1, reshape_1, use_causal_mask=True)',
  );
  expect(code).toContain("layers.Bidirectional(layer=layers.LSTM(name=");
});

test.each([
  ["dense(4) -> glu -> dense(1)", "Layer `glu_1`", "is a `glu`, which Keras has no layer of"],
  [
    "reshape([6, 4]) -> multi_head_attention(2, rotary: true) -> flatten -> dense(1)",
    "Layer `multi_head_attention_1`",
    "turns pairs of numbers by their step, `rotary: true`, which Keras has no form of",
  ],
  [
    "reshape([12, 2]) -> separable_conv1d(3, 3, padding: causal) -> flatten -> dense(1)",
    "Layer `separable_conv1d_1`",
    "is causal, which this layer of Keras has no form of",
  ],
  [
    "dense(4, squareplus(3)) -> dense(1)",
    "Layer `dense_1`",
    "has the activation `squareplus` with another `b` than 4, which Keras has no form of",
  ],
])("%s is refused", async (flow, what, why) => {
  const write = await formats.keras.load();
  expect(await write(await portable(fileOf(flow), data), {})).toEqual({
    refused: [{ of: "layer", what, why }],
  });
});
