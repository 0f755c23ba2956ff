// ONNX Runtime reads what was written, for the sample rows.

import { at } from "@netwright/definitions";
import { type CheckFormat, differenceTo, originalNumbers } from "../check.ts";
import { widthOf } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow } from "../model/samples.ts";
import { NO_ONNX_RUNTIME, type OnnxRuntime, type OnnxSession, onnxRuntime } from "./onnx-runtime.ts";

export const checkOnnx: CheckFormat = async ({ files, options }, model, importing) => {
  const found = await onnxRuntime(importing);
  if (found === null) return NO_ONNX_RUNTIME;
  const { runtime, by } = found;
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
  return {
    kind: "checked",
    by,
    predictions: samples.answers.length,
    ...differenceTo(model, values, { uncalibrated: isRaw }),
    taken,
  };
};

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
