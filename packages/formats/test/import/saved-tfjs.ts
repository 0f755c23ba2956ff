// Models that TensorFlow.js builds by code, with the files that its own `save` gives.

import "@tensorflow/tfjs-backend-cpu";
import { io, type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { noise } from "../portable.ts";

/** No weight is what it is at the start: a bias of 0 would hide a mistake. */
export function shaken(model: LayersModel): LayersModel {
  const weights = model.weights.map(({ name, shape }, at) => {
    const sizes = shape.map(Number);
    const count = sizes.reduce((product, size) => product * size, 1);
    const least = name.includes("variance") ? 0.5 : -0.5;
    return tensor(
      Float32Array.from({ length: count }, (_, i) => noise(i + 31 * at, 7) + least),
      sizes,
    );
  });
  model.setWeights(weights);
  return model;
}

export async function savedFiles(model: LayersModel): Promise<ReadonlyMap<string, Uint8Array>> {
  const kept: io.ModelArtifacts[] = [];
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      kept.push(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    }),
  );
  const [artifacts] = kept;
  const data = artifacts?.weightData;
  if (artifacts === undefined || !(data instanceof ArrayBuffer)) throw new Error("nothing was saved");
  const json = {
    modelTopology: artifacts.modelTopology,
    format: artifacts.format,
    generatedBy: artifacts.generatedBy,
    convertedBy: artifacts.convertedBy,
    weightsManifest: [{ paths: ["group1-shard1of1.bin"], weights: artifacts.weightSpecs }],
  };
  return new Map([
    ["model.json", new TextEncoder().encode(JSON.stringify(json))],
    ["group1-shard1of1.bin", new Uint8Array(data)],
  ]);
}

export const ROWS = 6;

/** Rows of all inputs, and what TensorFlow.js predicts for them. */
export async function predictedBy(model: LayersModel, asIndices = false) {
  const inputs = model.inputs.map(({ shape }, at) => {
    const sizes = shape.slice(1).map(Number);
    const count = ROWS * sizes.reduce((product, size) => product * size, 1);
    const data = Float32Array.from({ length: count }, (_, i) =>
      asIndices ? Math.floor(noise(i, 11) * 20) : noise(i + 17 * at, 13) * 4 - 1,
    );
    return { data, tensor: tensor(data, [ROWS, ...sizes]), each: count / ROWS };
  });
  const [first, ...others] = inputs;
  if (first === undefined) throw new Error("no inputs");
  const given = model.predict(
    others.length === 0 ? first.tensor : inputs.map((input): Tensor => input.tensor),
  );
  if (Array.isArray(given)) throw new Error("one output");
  const values = await given.data();
  const rows = Array.from({ length: ROWS }, (_, i) =>
    inputs.flatMap(({ data, each }) => Array.from(data.subarray(i * each, (i + 1) * each))),
  );
  const width = values.length / ROWS;
  const predictions = rows.map((_, i) => Array.from(values.slice(i * width, (i + 1) * width)));
  return { rows, predictions };
}
