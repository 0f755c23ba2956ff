// ONNX Runtime predicts rows with a model of anybody, where its inputs are numbers side by side: of others the order of sizes may be
// another one here.

import { isObject } from "@netwright/definitions";
import type { ImportReader } from "../check.ts";
import { inputOf, type RunForeign } from "../import/run.ts";

/** As much of it as is used. */
interface OnnxRuntime {
  readonly InferenceSession: { readonly create: (bytes: Uint8Array) => Promise<OnnxSession> };
  readonly Tensor: new (type: "float32", data: Float32Array, sizes: readonly number[]) => unknown;
  readonly env?: { readonly versions?: Readonly<Record<string, string>> };
}

interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly run: (
    feeds: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, { readonly data: ArrayLike<unknown> }>>>;
}

const READERS = ["onnxruntime-node", "onnxruntime-web"] as const;

export const runOnnx: RunForeign = async (files, samples, importing) => {
  const found = await installed(importing);
  if (found === null)
    return { kind: "not installed", reader: "ONNX Runtime", install: "npm install onnxruntime-node" };
  const { runtime, name } = found;
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
  const version = runtime.env?.versions?.["common"];
  return {
    kind: "given",
    by: version === undefined ? name : `${name} ${version}`,
    values: samples.rows.map((_, i) => values.slice(i * width, (i + 1) * width)),
  };
};

async function installed(importing: ImportReader) {
  for (const name of READERS) {
    try {
      const loaded = await importing(name);
      if (isRuntime(loaded)) return { runtime: loaded, name };
      if (isObject(loaded) && isRuntime(loaded["default"])) return { runtime: loaded["default"], name };
    } catch {
      // Another one may be there.
    }
  }
  return null;
}

function isRuntime(value: unknown): value is OnnxRuntime {
  return isObject(value) && "InferenceSession" in value && "Tensor" in value;
}
