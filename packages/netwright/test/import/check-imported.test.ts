// An import held on the spot to the program that it is from, where that is installed.

import { expect, test } from "@jest/globals";
import { checkImported, importModel } from "netwright";

const WEIGHTS = [0.5, -1, 2, 0.25];

/** One dense layer, as TensorFlow.js would save it. */
const files = new Map([
  [
    "model.json",
    new TextEncoder().encode(
      JSON.stringify({
        modelTopology: {
          class_name: "Sequential",
          config: {
            name: "s",
            layers: [
              { class_name: "Dense", config: { name: "out", units: 1, batch_input_shape: [null, 3] } },
            ],
          },
        },
        weightsManifest: [
          {
            paths: ["w.bin"],
            weights: [
              { name: "out/kernel", shape: [3, 1], dtype: "float32" },
              { name: "out/bias", shape: [1], dtype: "float32" },
            ],
          },
        ],
      }),
    ),
  ],
  ["w.bin", new Uint8Array(new Float32Array(WEIGHTS).buffer)],
]);

interface Fed {
  readonly values: Float32Array;
  readonly data: () => Promise<Float32Array>;
  readonly dispose: () => void;
}

const tensor = (values: Float32Array): Fed => ({
  values,
  data: async () => values,
  dispose: () => {},
});

const flags = { getBool: () => false, set: () => {} };

/** A TensorFlow.js that is off by so much. */
const reader = (off: number) => async (name: string) => {
  if (name.endsWith("tfjs-core")) return { tensor, env: () => flags, version_core: "1.2.3" };
  const predict = ([input]: readonly Fed[]) => {
    const given = input?.values ?? new Float32Array();
    const [a = 0, b = 0, c = 0, bias = 0] = WEIGHTS;
    return tensor(
      Float32Array.from({ length: given.length / 3 }, (_, i) => {
        const [x = 0, y = 0, z = 0] = given.subarray(3 * i);
        return a * x + b * y + c * z + bias + off;
      }),
    );
  };
  return {
    loadLayersModel: async () => ({ inputs: [{ name: "out_input" }], predict, dispose: () => {} }),
  };
};

test("what is rounding and what is not", async () => {
  const imported = await importModel(files);
  const same = await checkImported(imported, files, reader(0));
  expect(same).toMatchObject({ kind: "checked", by: "TensorFlow.js 1.2.3", rows: 16 });
  expect(same.kind === "checked" && same.difference).toBeLessThan(1e-6);
  const other = await checkImported(imported, files, reader(0.5));
  expect(other.kind === "checked" && other.difference).toBeGreaterThan(1e-2);
});

test("of a file that gives logits, its shares are compared", async () => {
  const imported = await importModel(files, { logits: true, classes: ["no", "yes"] });
  expect(imported.logits).toBe(true);
  expect(imported.net).toContain("loss: binary_cross_entropy");
  const same = await checkImported(imported, files, reader(0));
  expect(same.kind === "checked" && same.difference).toBeLessThan(1e-6);
  const other = await checkImported(imported, files, reader(0.5));
  expect(other.kind === "checked" && other.difference).toBeGreaterThan(1e-2);
});

test("logits of each step are none of a row", async () => {
  const bytes = files.get("model.json") ?? new Uint8Array();
  const text = new TextDecoder().decode(bytes).replace("[null,3]", "[null,4,3]");
  const steps = new Map(files).set("model.json", new TextEncoder().encode(text));
  await expect(importModel(steps, { logits: true })).rejects.toThrow("for each step or place");
});

test("who is not installed is named with what installs it", async () => {
  const imported = await importModel(files);
  const missing = async () => Promise.reject(new Error("not here"));
  expect(await checkImported(imported, files, missing)).toMatchObject({
    kind: "not installed",
    reader: "TensorFlow.js",
  });
});

test("a program that fails says nothing of the import", async () => {
  const imported = await importModel(files);
  const failing = async () => ({
    ...(await reader(0)("@tensorflow/tfjs-core")),
    loadLayersModel: async () => Promise.reject(new Error("no")),
  });
  expect(await checkImported(imported, files, failing)).toEqual({ kind: "not run" });
});
