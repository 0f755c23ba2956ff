// TensorFlow.js predicts rows with a model that it has saved, with its kernels in JavaScript.

import { isObject } from "@netwright/definitions";
import type { ImportReader } from "../check.ts";
import { fieldOf, listIn, objectIn, parsed, textIn } from "../import/keras/json.ts";
import { inputOf, type RunForeign } from "../import/run.ts";

/** As much of it as is used. */
interface Core {
  readonly tensor: (data: Float32Array, shape: readonly number[]) => Tensor;
  readonly io: { readonly fromMemory: (artifacts: Readonly<Record<string, unknown>>) => unknown };
  readonly version_core?: string;
}

interface Layers {
  readonly loadLayersModel: (handler: unknown) => Promise<LayersModel>;
}

interface LayersModel {
  readonly inputs: readonly { readonly name: string }[];
  readonly predict: (inputs: readonly Tensor[]) => Tensor | readonly Tensor[];
  readonly dispose: () => unknown;
}

interface Tensor {
  readonly data: () => Promise<ArrayLike<number>>;
  readonly dispose: () => void;
}

const PACKAGES = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-layers", "@tensorflow/tfjs-backend-cpu"];

export const runTfjs: RunForeign = async (files, samples, importing) => {
  const found = await installed(importing);
  if (found === null)
    return { kind: "not installed", reader: "TensorFlow.js", install: `npm install ${PACKAGES.join(" ")}` };
  const { core, layers } = found;
  const [main, ...others] = files.values();
  const json = parsed(new TextDecoder().decode(main));
  const [group, another] = listIn(json, "weightsManifest") ?? [];
  if (another !== undefined) return { kind: "not run" };
  const bytes = new Uint8Array(others.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of others) {
    bytes.set(part, start);
    start += part.length;
  }
  const model = await quietly(() =>
    layers.loadLayersModel(
      core.io.fromMemory({
        modelTopology: objectIn(json, "modelTopology"),
        format: textIn(json, "format") ?? "layers-model",
        weightSpecs: fieldOf(group, "weights"),
        weightData: bytes.buffer,
      }),
    ),
  );
  const count = samples.rows.length;
  const names = samples.inputs.map(({ name }) => name);
  // The one of a model of layers in a row has a name that it is given anew.
  const fed = model.inputs.map(({ name }, i) => {
    const own = names.includes(name) ? name : (names[i] ?? "");
    const shape = samples.inputs.find((input) => input.name === own)?.type.shape ?? [];
    return core.tensor(Float32Array.from(inputOf(samples, own)), [count, ...shape]);
  });
  const given = model.predict(fed);
  const result: Tensor | undefined = isOne(given) ? given : given[0];
  if (result === undefined) return { kind: "not run" };
  const values = Array.from(await result.data());
  for (const tensor of [...fed, result]) tensor.dispose();
  model.dispose();
  const width = values.length / count;
  const version = core.version_core;
  return {
    kind: "given",
    by: version === undefined ? "TensorFlow.js" : `TensorFlow.js ${version}`,
    values: samples.rows.map((_, i) => values.slice(i * width, (i + 1) * width)),
  };
};

function isOne(given: Tensor | readonly Tensor[]): given is Tensor {
  return !Array.isArray(given);
}

/** It tells the console of faster packages when it is first used. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => {};
  try {
    return await work();
  } finally {
    console.warn = warn;
  }
}

async function installed(importing: ImportReader): Promise<{ core: Core; layers: Layers } | null> {
  try {
    const [core, layers] = await Promise.all(PACKAGES.map(importing));
    return isCore(core) && isLayers(layers) ? { core, layers } : null;
  } catch {
    return null;
  }
}

function isCore(value: unknown): value is Core {
  return isObject(value) && typeof value["tensor"] === "function" && isObject(value["io"]);
}

function isLayers(value: unknown): value is Layers {
  return isObject(value) && typeof value["loadLayersModel"] === "function";
}
