// TensorFlow.js loads what was written, with its kernels in JavaScript, and the module beside the network feeds it the sample rows.

import { at, isObject } from "@netwright/definitions";
import { type CheckFormat, differenceTo, originalNumbers } from "../check.ts";
import type { FormatFile } from "../format.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { otherWords } from "./check-js.ts";
import { importText } from "./import-text.ts";
import { NO_TFJS, quietly, type Tfjs, tensorflowJs } from "./tensorflowjs.ts";

interface Input {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** The module beside the network. */
interface Beside {
  readonly inputs: (rows: readonly unknown[]) => readonly Input[];
  readonly predictions: (given: ArrayLike<number>) => readonly Readonly<Record<string, number | string>>[];
}

export const checkTfjs: CheckFormat = async ({ files, options }, model, importing) => {
  const tfjs = await tensorflowJs(importing);
  if (tfjs === null) return NO_TFJS;
  const { samples } = model;
  const common = {
    kind: "checked",
    by: tfjs.by,
    predictions: samples.answers.length,
  } as const;
  const predict = (inputs: readonly Input[]) => givenBy(tfjs, files, inputs);
  if (options.rawInput === true) {
    const given = await predict(rawInputs(model));
    const values = originalNumbers(model.outputs, given);
    return { ...common, ...differenceTo(model, values, { uncalibrated: true }), taken: 0 };
  }
  const beside = await importText(files, ".mjs");
  if (!isBeside(beside)) throw new TypeError("the module beside the network lacks a function");
  const given = await predict(beside.inputs(samples.rows.map(({ values }) => values)));
  const predictions = beside.predictions(given);
  const { outputs } = model;
  const values =
    outputs.kind === "numbers"
      ? predictions.flatMap((one) => outputs.columns.map(({ name }) => Number(one[name])))
      : given;
  const { difference, otherClasses } = differenceTo(model, values, { uncalibrated: true });
  return {
    ...common,
    difference,
    otherClasses: Math.max(otherClasses, otherWords(predictions, samples.answers)),
    taken: samples.refused.filter(({ values: row }) => isTaken(beside, row)).length,
  };
};

function isBeside(value: unknown): value is Beside {
  return (
    isObject(value) && typeof value["inputs"] === "function" && typeof value["predictions"] === "function"
  );
}

function isTaken({ inputs }: Beside, row: unknown): boolean {
  try {
    inputs([row]);
    return true;
  } catch {
    return false;
  }
}

/** What the network is fed, of a file without a module. */
function rawInputs({ network, samples }: PortableModel): readonly Input[] {
  const count = samples.answers.length;
  return network.inputs.map(({ name, type }) => ({
    shape: [count, ...type.shape],
    data: Float32Array.from(samples.inputs.get(name) ?? []),
  }));
}

function givenBy(
  tfjs: Tfjs,
  files: readonly FormatFile[],
  inputs: readonly Input[],
): Promise<ArrayLike<number>> {
  const { core, layers } = tfjs;
  return quietly(tfjs, async () => {
    const network = await layers.loadLayersModel({ load: () => Promise.resolve(artifactsIn(files)) });
    const fed = inputs.map(({ data, shape }) =>
      core.tensor(data, shape, data instanceof Int32Array ? "int32" : "float32"),
    );
    const result = network.predict(fed);
    const [first, ...more] = "data" in result ? [result] : result;
    if (first === undefined || more.length > 0) throw new TypeError("the network has one output");
    const given = await first.data();
    for (const tensor of [...fed, first]) tensor.dispose();
    network.dispose();
    return given;
  });
}

/** What its reader of files makes of them. */
function artifactsIn(files: readonly FormatFile[]): Readonly<Record<string, unknown>> {
  const contentOf = (name: string) =>
    at(
      files.filter((file) => file.name === name),
      0,
    ).content;
  const json: unknown = JSON.parse(new TextDecoder().decode(contentOf("model.json")));
  const manifest = isObject(json) ? json["weightsManifest"] : undefined;
  if (!isObject(json) || !Array.isArray(manifest)) throw new TypeError("model.json has no weights");
  return {
    modelTopology: json["modelTopology"],
    format: json["format"],
    weightSpecs: manifest.flatMap((group: unknown) => (isObject(group) ? group["weights"] : [])),
    weightData: contentOf("weights.bin").slice().buffer,
  };
}
