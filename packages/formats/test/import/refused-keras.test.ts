// Layers of Keras that are not what their names say, and weights that cannot be read: each is refused by name.

import { expect, test } from "@jest/globals";
import h5wasm from "h5wasm";
import { parsed } from "../../src/import/keras/json.ts";
import { readKeras } from "../../src/import/keras/read.ts";
import { readTfjs } from "../../src/import/tfjs/read.ts";

type Json = Readonly<Record<string, unknown>>;

/** What is refused of a row of layers with weights of these shapes. */
async function refusedOf(layers: readonly Json[], shapes: readonly (readonly number[])[] = []) {
  const count = shapes.flatMap((shape) => shape.reduce((a, b) => a * b, 1)).reduce((a, b) => a + b, 0);
  const weights = shapes.map((shape, i) => ({ name: `m/weight ${i}`, shape, dtype: "float32" }));
  const json = {
    modelTopology: { class_name: "Sequential", config: { name: "s", layers } },
    weightsManifest: [{ paths: ["w.bin"], weights }],
  };
  const files = new Map([
    ["model.json", new TextEncoder().encode(JSON.stringify(json))],
    ["w.bin", new Uint8Array(4 * count)],
  ]);
  const arrived = await readTfjs(files, {});
  return "refused" in arrived ? arrived.refused.map(({ what, why }) => `${what} ${why}`).join("\n") : "";
}

const batch_input_shape = [null, 4, 2];

const bidirectional = (class_name: string, more: Json) => ({
  class_name: "Bidirectional",
  config: {
    name: "both",
    batch_input_shape,
    layer: { class_name: "LSTM", config: { name: "f", units: 3 } },
    backward_layer: { class_name, config: { name: "b", units: 3, go_backwards: true, ...more } },
  },
});

test.each([
  ["an activation", "LSTM", { activation: "relu" }],
  ["a bias", "LSTM", { use_bias: false }],
  ["a direction", "LSTM", { go_backwards: false }],
  ["a cell", "GRU", {}],
])("a way back by %s that is not that of the way forward", async (_, className, more) => {
  expect(await refusedOf([bidirectional(className, more)])).toContain("goes back by another layer");
});

test("a way back by the same cell", async () => {
  expect(await refusedOf([bidirectional("LSTM", {})])).not.toContain("goes back by another layer");
});

test.each([
  ["a layer", { class_name: "ReLU", module: "mine", registered_name: "ReLU", config: {} }],
  ["a layer of a package", { class_name: "ReLU", module: null, registered_name: "mine>ReLU", config: {} }],
  ["a model", { class_name: "Sequential", module: "mine", config: { layers: [] } }],
])("%s of somebody else with a name of Keras", async (_, layer) => {
  const config = { name: "own", batch_input_shape, ...layer.config };
  expect(await refusedOf([{ ...layer, config }])).toContain("is of another package than Keras");
});

test("a function of somebody else with a name of Keras", async () => {
  const activation = { module: "mine", class_name: "function", config: "relu", registered_name: "relu" };
  const layer = { class_name: "Activation", config: { name: "own", batch_input_shape, activation } };
  expect(await refusedOf([layer])).toContain("an activation that is code of its own");
  const known = { ...activation, module: "keras.activations" };
  expect(await refusedOf([{ ...layer, config: { ...layer.config, activation: known } }])).toBe("");
});

test("a bias of attention that has another length", async () => {
  const config = { name: "m", batch_input_shape, num_heads: 1, key_dim: 2 };
  const all = Array.from({ length: 4 }, (_, i) =>
    i === 3 ? [[1, 2, 2], [2]] : [[2, 1, 2], [i === 1 ? 3 : 2]],
  );
  const refused = await refusedOf([{ class_name: "MultiHeadAttention", config }], all.flat());
  expect(refused).toBe("Layer `m` (MultiHeadAttention) has `key_bias` of [3], which is none of [2]");
});

test("a tensor that cannot be read leaves those behind it in their places", async () => {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File("/refused.h5", "w");
  const layer = {
    class_name: "BatchNormalization",
    config: { name: "n", batch_input_shape: [null, 2] },
  };
  const model = { class_name: "Sequential", config: { name: "s", layers: [layer] } };
  file.create_attribute("model_config", JSON.stringify(model));
  const group = file.create_group("model_weights").create_group("n");
  const names = ["one", "two", "three", "four"];
  group.create_attribute("weight_names", names);
  for (const name of names)
    group.create_dataset({ name, data: name === "two" ? ["a", "b"] : new Float32Array([1, 2]) });
  file.close();
  const bytes = FS.readFile("/refused.h5");
  expect(await readKeras(new Map([["model.h5", bytes]]), {})).toEqual({
    refused: [{ what: "Layer `n` (BatchNormalization)", why: "has no weights `beta` in the file" }],
  });
});

/** A dense layer that computes in what `dtype` says, as it is told. */
async function notesOf(dtype: unknown) {
  const config = { name: "out", units: 1, batch_input_shape: [null, 2], dtype };
  const layers = [{ class_name: "Dense", config }];
  const json = {
    modelTopology: { class_name: "Sequential", config: { name: "s", layers } },
    weightsManifest: [
      {
        paths: ["w.bin"],
        weights: [
          { name: "out/kernel", shape: [2, 1], dtype: "float32" },
          { name: "out/bias", shape: [1], dtype: "float32" },
        ],
      },
    ],
  };
  const arrived = await readTfjs(
    new Map([
      ["model.json", new TextEncoder().encode(JSON.stringify(json))],
      ["w.bin", new Uint8Array(12)],
    ]),
    {},
  );
  return "refused" in arrived ? arrived.refused : arrived.model.notes;
}

const policyOf = (name: string) => ({ module: "keras", class_name: "DTypePolicy", config: { name } });

test.each([
  [policyOf("mixed_float16"), "in 16 bits there (`mixed_float16`)", "of 16 bits."],
  [policyOf("mixed_bfloat16"), "in 16 bits there (`mixed_bfloat16`)", "of 16 bits."],
  ["float16", "in 16 bits there (`float16`)", "of 16 bits."],
  ["float64", "in 64 bits there (`float64`)", "of 32 bits."],
])(
  "layers that compute in other than 32 bits are read, and it is said: %j",
  async (dtype, where, rounding) => {
    expect(await notesOf(dtype)).toEqual([
      `Its layers compute ${where}, and in 32 here: predictions differ by the rounding ${rounding}`,
    ]);
  },
);

test.each(["float32", policyOf("float32"), undefined])("of %j nothing is said", async (dtype) => {
  expect(await notesOf(dtype)).toEqual([]);
});

test("brackets in texts are none", () => {
  expect(
    parsed(`{"a": "${"]".repeat(60_000)}", "b": ${"[".repeat(60_000)}${"]".repeat(60_000)}}`),
  ).toBeNull();
  expect(parsed(`{"a": "${"[".repeat(60_000)}\\"["}`)).toEqual({ a: `${"[".repeat(60_000)}"[` });
});
