// TensorFlow.js predicts rows with a model that it has saved, with its kernels in JavaScript.

import { fieldOf, listIn, objectIn, parsed, textIn } from "../import/keras/json.ts";
import { inputOf, type RunForeign } from "../import/run.ts";
import { NO_TFJS, quietly, type Tensor, tensorflowJs } from "./tensorflowjs.ts";

export const runTfjs: RunForeign = async (files, samples, importing) => {
  const tfjs = await tensorflowJs(importing);
  if (tfjs === null) return NO_TFJS;
  const { core, layers, by } = tfjs;
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
  const artifacts = {
    modelTopology: objectIn(json, "modelTopology"),
    format: textIn(json, "format") ?? "layers-model",
    weightSpecs: fieldOf(group, "weights"),
    weightData: bytes.buffer,
  };
  const count = samples.rows.length;
  const names = samples.inputs.map(({ name }) => name);
  return quietly(tfjs, async () => {
    const model = await layers.loadLayersModel({ load: () => Promise.resolve(artifacts) });
    // The one of a model of layers in a row has a name that it is given anew.
    const fed = model.inputs.map(({ name }, i) => {
      const own = names.includes(name) ? name : (names[i] ?? "");
      const shape = samples.inputs.find((input) => input.name === own)?.type.shape ?? [];
      return core.tensor(Float32Array.from(inputOf(samples, own)), [count, ...shape], "float32");
    });
    const given = model.predict(fed);
    const result: Tensor | undefined = isOne(given) ? given : given[0];
    if (result === undefined) return { kind: "not run" };
    const values = Array.from(await result.data());
    for (const tensor of [...fed, result]) tensor.dispose();
    model.dispose();
    const width = values.length / count;
    return {
      kind: "given",
      by,
      values: samples.rows.map((_, i) => values.slice(i * width, (i + 1) * width)),
    };
  });
};

function isOne(given: Tensor | readonly Tensor[]): given is Tensor {
  return !Array.isArray(given);
}
