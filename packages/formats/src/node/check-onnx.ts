// ONNX Runtime reads what was written, for the sample rows: that of Node, else that of browsers, which runs in Node as well.

import { isObject } from "@netwright/definitions";
import { type CheckReport, differenceTo } from "../check.ts";
import type { FormatFile } from "../format.ts";
import { widthOf } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow } from "../model/samples.ts";
import type { ImportReader } from "./checks.ts";

/** As much of it as is used. */
export interface OnnxRuntime {
  readonly InferenceSession: { readonly create: (bytes: Uint8Array) => Promise<OnnxSession> };
  readonly Tensor: new (
    type: "string" | "float64",
    data: readonly string[] | Float64Array,
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

export async function checkOnnx(
  files: readonly FormatFile[],
  model: PortableModel,
  importing: ImportReader,
): Promise<CheckReport> {
  const [file] = files;
  const found = await installed(importing);
  if (file === undefined || found === null)
    return { kind: "not installed", reader: "ONNX Runtime", install: "npm install onnxruntime-node" };
  const { runtime, name } = found;
  const session = await runtime.InferenceSession.create(file.content);
  const { samples, outputs } = model;
  const values = samples.rows.length === 0 ? [] : await predicted(runtime, session, model, samples.rows);
  const refused =
    samples.refused.length === 0 ? [] : await predicted(runtime, session, model, samples.refused);
  const width = widthOf(outputs);
  const taken = samples.refused.filter((_, i) =>
    Array.from({ length: width }, (_, j) => refused[i * width + j]).some((value) => !Number.isNaN(value)),
  ).length;
  const version = runtime.env?.versions?.["common"];
  return {
    kind: "checked",
    by: version === undefined ? name : `${name} ${version}`,
    predictions: samples.answers.length,
    ...differenceTo(model, values),
    taken,
  };
}

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
export async function predicted(
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
