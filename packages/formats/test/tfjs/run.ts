// What was written, read by TensorFlow.js itself as a page would fetch it, and the module beside it.

import "@tensorflow/tfjs-backend-cpu";
import { type FormatFile, formats, type PortableModel, type SampleRow } from "@netwright/formats";
import { io, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";

interface Input {
  readonly name: string;
  readonly shape: number[];
  readonly data: Float32Array | Int32Array;
}

export interface Beside {
  readonly inputs: (rows: readonly Readonly<Record<string, unknown>>[]) => readonly Input[];
  readonly predictions: (given: Float32Array) => readonly Readonly<Record<string, number | string>>[];
}

export async function written(model: PortableModel, options = {}): Promise<readonly FormatFile[]> {
  const write = await formats.tfjs.load();
  const result = await write(model, options);
  if ("refused" in result) throw new Error(JSON.stringify(result.refused));
  return result.files;
}

export async function opened(files: readonly FormatFile[]) {
  const fetchFunc = (path: string | URL | Request) => {
    const file = files.find(({ name }) => String(path).endsWith(name));
    const response = new Response(file?.content ?? null, { status: file === undefined ? 404 : 200 });
    // Arrays of this realm, as TensorFlow.js asks for them by their class.
    const json = async (): Promise<unknown> => JSON.parse(await response.text());
    return Promise.resolve(Object.defineProperty(response, "json", { value: json }));
  };
  return loadLayersModel(io.http("http://here/model.json", { fetchFunc }));
}

export async function moduleIn(files: readonly FormatFile[]): Promise<Beside> {
  const file = files.find(({ name }) => name.endsWith(".mjs"));
  const text = new TextDecoder().decode(file?.content);
  const functions = text.replace(/^export /gm, "");
  return new Function(`${functions}\nreturn { inputs, predictions };`)();
}

/** What the network gives, with one matrix for each of its inputs. */
export async function given(files: readonly FormatFile[], inputs: readonly Input[]): Promise<Float32Array> {
  const network = await opened(files);
  const fed = network.inputNames.map((name): Tensor => {
    const input = inputs.find((one) => one.name === name);
    if (input === undefined) throw new Error(`nothing for ${name}`);
    return tensor(input.data, input.shape, input.data instanceof Int32Array ? "int32" : "float32");
  });
  const result = network.predict(fed.length === 1 && fed[0] !== undefined ? fed[0] : fed);
  if (Array.isArray(result)) throw new Error("one output");
  return Float32Array.from(await result.data());
}

export async function answered(model: PortableModel, rows: readonly SampleRow[]) {
  const files = await written(model);
  const beside = await moduleIn(files);
  return beside.predictions(await given(files, beside.inputs(rows.map(({ values }) => values))));
}

/** The largest difference of a number in deviations of its target, and how many words are others. */
export function apart(
  { outputs, samples }: PortableModel,
  answers: readonly Readonly<Record<string, number | string>>[],
) {
  const scales = new Map(
    outputs.kind === "numbers"
      ? outputs.columns.map(({ name, scale }) => [name, scale])
      : outputs.kind === "quantiles"
        ? [[outputs.column.name, outputs.column.scale]]
        : [],
  );
  let [difference, others] = [0, answers.length === samples.answers.length ? 0 : answers.length + 1];
  for (const [i, own] of samples.answers.entries())
    for (const [name, value] of Object.entries(own)) {
      const other = answers[i]?.[name];
      if (typeof value === "string") others += other === value ? 0 : 1;
      else {
        const away = Math.abs(Number(other) - value) / (scales.get(name) ?? 1);
        difference = Number.isNaN(away) ? Number.POSITIVE_INFINITY : Math.max(difference, away);
      }
    }
  return { difference, others };
}
