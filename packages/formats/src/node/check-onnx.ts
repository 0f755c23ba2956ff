// ONNX Runtime reads what was written, for the sample rows: that of Node, else that of browsers, which runs in Node as well.

import { at, isObject } from "@netwright/definitions";
import { type CheckFormat, differenceTo, type ImportReader, originalNumbers } from "../check.ts";
import { widthOf } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow } from "../model/samples.ts";

/** As much of it as is used. */
interface OnnxRuntime {
  readonly InferenceSession: { readonly create: (bytes: Uint8Array) => Promise<OnnxSession> };
  readonly Tensor: new (
    type: "string" | "float64" | "float32" | "int64",
    data: readonly string[] | Float64Array | Float32Array | BigInt64Array,
    sizes: readonly number[],
  ) => unknown;
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

export const checkOnnx: CheckFormat = async ({ files, options }, model, importing) => {
  const found = await installed(importing);
  if (found === null)
    return { kind: "not installed", reader: "ONNX Runtime", install: "npm install onnxruntime-node" };
  const { runtime, name } = found;
  const session = await runtime.InferenceSession.create(at(files, 0).content);
  const { samples, outputs } = model;
  const ofRows = async (rows: readonly SampleRow[]) =>
    rows.length === 0 ? [] : await predicted(runtime, session, model, rows);
  const isRaw = options.rawInput === true;
  const values = isRaw ? await predictedRaw(runtime, session, model) : await ofRows(samples.rows);
  // A matrix is refused by nobody.
  const mistakes = isRaw ? [] : samples.refused;
  const refused = await ofRows(mistakes);
  const width = widthOf(outputs);
  const taken = mistakes.filter((_, i) =>
    Array.from({ length: width }, (_, j) => refused[i * width + j]).some((value) => !Number.isNaN(value)),
  ).length;
  const version = runtime.env?.versions?.["common"];
  return {
    kind: "checked",
    by: version === undefined ? name : `${name} ${version}`,
    predictions: samples.answers.length,
    ...differenceTo(model, values, { uncalibrated: isRaw }),
    taken,
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

/** [predictions x outputs], as the outputs of the file have them: numbers in original units, shares. */
async function predicted(
  { Tensor }: Pick<OnnxRuntime, "Tensor">,
  session: OnnxSession,
  { columns, outputs, samples: { length } }: PortableModel,
  rows: readonly SampleRow[],
): Promise<Float64Array> {
  const count = rows.length / length;
  const feeds = columns.map(({ kind, name }, i) => {
    const cells = rows.map(({ values }) => values[name] ?? null);
    const tensor =
      kind === "words"
        ? new Tensor(
            "string",
            cells.map((cell) => (cell === null ? "" : String(cell))),
            [count, length],
          )
        : new Tensor(
            "float64",
            Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell))),
            [count, length],
          );
    return [session.inputNames[i] ?? name, tensor] as const;
  });
  const results = await session.run(Object.fromEntries(feeds));
  // Of numbers one after the other, of quantiles those behind the prediction, of classes the shares.
  const own = session.outputNames.slice(outputs.kind === "numbers" ? 0 : 1);
  const width = widthOf(outputs);
  const values = new Float64Array(count * width);
  own.forEach((output, j) => {
    const data = results[output]?.data ?? [];
    const each = data.length / count;
    for (let i = 0; i < data.length; i++)
      values[Math.floor(i / each) * width + (own.length === 1 ? i % each : j)] = Number(data[i]);
  });
  return values;
}

/** The same of a file that is given what the network is: its numbers behind the link, in original units. */
async function predictedRaw(
  { Tensor }: Pick<OnnxRuntime, "Tensor">,
  session: OnnxSession,
  { network, outputs, samples }: PortableModel,
): Promise<ArrayLike<number>> {
  const count = samples.answers.length;
  if (count === 0) return [];
  const feeds = network.inputs.map(({ name, type }, i) => {
    const given = samples.inputs.get(name) ?? [];
    const sizes = [count, ...type.shape];
    const tensor =
      type.kind === "index"
        ? new Tensor("int64", BigInt64Array.from(given, BigInt), sizes)
        : new Tensor("float32", Float32Array.from(given), sizes);
    return [session.inputNames[i] ?? name, tensor] as const;
  });
  const results = await session.run(Object.fromEntries(feeds));
  const data = results[at(session.outputNames, 0)]?.data ?? [];
  return originalNumbers(outputs, Float64Array.from(data, Number));
}
