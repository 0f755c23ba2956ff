// ONNX Runtime predicts rows with a model of anybody, where its inputs are numbers side by side: of others the order of sizes may be
// another one here.

import { inputOf, type RunForeign } from "../import/run.ts";
import { NO_ONNX_RUNTIME, onnxRuntime } from "./onnx-runtime.ts";

export const runOnnx: RunForeign = async (files, samples, importing) => {
  const found = await onnxRuntime(importing);
  if (found === null) return NO_ONNX_RUNTIME;
  const { runtime, by } = found;
  const [bytes] = files.values();
  const isPlain = samples.inputs.every(({ type }) => type.kind === "number" && type.shape.length === 1);
  if (bytes === undefined || !isPlain) return { kind: "not run" };
  const session = await runtime.InferenceSession.create(bytes);
  const { inputNames, outputNames } = session;
  const isSame =
    inputNames.length === samples.inputs.length &&
    samples.inputs.every((input) => inputNames.includes(input.name));
  // Of several outputs it is not known here which one is taken.
  if (!isSame || outputNames.length !== 1) return { kind: "not run" };
  const count = samples.rows.length;
  const feeds = samples.inputs.map(({ name: input, type }) => [
    input,
    new runtime.Tensor("float32", Float32Array.from(inputOf(samples, input)), [count, ...type.shape]),
  ]);
  const results = await session.run(Object.fromEntries(feeds));
  const values = Array.from(results[outputNames[0] ?? ""]?.data ?? [], Number);
  const width = values.length / count;
  return {
    kind: "given",
    by,
    values: samples.rows.map((_, i) => values.slice(i * width, (i + 1) * width)),
  };
};
