// The examples that definitions give of themselves, as programs to be trained: with them the conformance kit tries every
// layer, activation, loss and optimizer of a catalog on a backend, a user's own too.

import { lower } from "@netwright/compiler";
import { listNames } from "@netwright/definitions";
import { feedsOf, findFunc, type Program, ROW_WEIGHT, sizeOf, type TensorType } from "@netwright/ir";
import type { Model } from "@netwright/lang";
import type { Batch, TensorData } from "@netwright/runtime";
import { type Mistake, refuse } from "../api/check-options.ts";
import { memoryFiles } from "../files/files.ts";
import { openProject } from "../project/open-project.ts";
import { type FullCatalog, catalog as own } from "./catalog.ts";

export interface ExampleProgram {
  /** Family and name: `layer/dense`. */
  readonly name: string;
  /** `init`, and `step`, `predict` and `evaluate` for the rows of the batch. */
  readonly program: Program;
  /** What these functions are fed, the same every time. */
  readonly batch: Batch;
}

/** Families whose definitions become operations. */
const FAMILIES = [
  "layer",
  "activation",
  "initializer",
  "regularizer",
  "constraint",
  "loss",
  "optimizer",
  "schedule",
] as const;

const ROWS = 6;
/** Of these the first that the example takes. */
const INPUTS = ["6", "6, 2", "6, 5, 2", "6, below: 9"];
/** What the example of a loss is about: its network is as wide as these need it. */
const TARGET = { columns: 2, classes: 2 };
/** What an example may leave open, with what stands for it. */
const USUAL = { loss: "loss: mse", optimizer: "optimizer: adam(0.01)" };

/**
 * Netwright's own catalog where none is given.
 * @throws NetwrightError NW0911 where the example of a definition is none of a network
 */
export function examplePrograms(catalog: FullCatalog = own): readonly ExampleProgram[] {
  const examples = FAMILIES.flatMap((family) =>
    [...catalog.compiler[family].values()].map((definition) => ({
      name: `${family}/${definition.name}`,
      example: definition.example,
      model: modelOf(definition.example, catalog),
    })),
  );
  refuse(examples.filter(({ model }) => model === undefined).map(noNetwork));
  return examples.flatMap(({ name, model }) => (model === undefined ? [] : [trained(name, model, catalog)]));
}

function trained(name: string, model: Model, catalog: FullCatalog): ExampleProgram {
  const program = lower(model, {
    step: [ROWS],
    predict: [ROWS],
    evaluate: [ROWS],
    stepsPerEpoch: 2,
    definitions: catalog.compiler,
  });
  return { name, program, batch: batchFor(model, program) };
}

function noNetwork({ name, example }: { readonly name: string; readonly example: string }): Mistake {
  const inputs = INPUTS.map((input) => `input(${input})`);
  return [
    `the example of ${name}, \`${example}\`, is no network that can be trained`,
    `It is put behind each of ${listNames(inputs)}, or in \`train\` where it begins with the name of a setting.`,
  ];
}

/** The smallest network around the example. */
function modelOf(example: string, catalog: FullCatalog): Model | undefined {
  const setting = /^(\w+): /.exec(example)?.[1];
  const isSetting = setting !== undefined && Object.hasOwn(USUAL, setting);
  const train = Object.values(isSetting ? { ...USUAL, [setting]: example } : USUAL).join("\n ");
  for (const input of INPUTS) {
    const flow = `input(${input})\n ${isSetting ? "dense(4, tanh)" : example}\n flatten`;
    const of = (width: number) => {
      const text = `netwright 1\nmodel {\n ${flow}\n dense(${width})\n}\ntrain {\n ${train}\n}\n`;
      return openProject({ file: "example.net", text }, { files: memoryFiles(new Map()), catalog }).model;
    };
    const model = of(TARGET.columns);
    if (model === undefined) continue;
    const width = widthFor(model, catalog);
    return width === TARGET.columns ? model : of(width);
  }
  return undefined;
}

function widthFor({ train }: Model, { definitions }: FullCatalog): number {
  const loss = train === null ? undefined : definitions.loss.get(train.loss.name);
  return (train === null ? null : loss?.width(TARGET, train.loss.args)) ?? TARGET.columns;
}

function batchFor(model: Model, program: Program): Batch {
  const below = new Map(model.inputs.map(({ name, type }) => [name, type.kind === "index" ? type.of : 1]));
  const feeds: Record<string, TensorData> = {};
  for (const kind of ["step", "evaluate"] as const) {
    const func = findFunc(program, kind, ROWS);
    for (const { name, value } of func === undefined ? [] : feedsOf(func)) {
      feeds[name] = name === ROW_WEIGHT ? weights() : valuesOf(value.type, below.get(name) ?? TARGET.classes);
    }
  }
  return { rows: ROWS, feeds };
}

function weights(): Float32Array {
  return Float32Array.from({ length: ROWS }, (_, row) => (row % 4) / 2);
}

/** Numbers between -1 and 1 without pattern, or indices below a number. */
function valuesOf({ dtype, shape }: TensorType, below: number): TensorData {
  const length = sizeOf(shape);
  if (dtype === "f32") return Float32Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1) ** 1.3));
  const indices = Array.from({ length }, (_, i) => (i * 7) % below);
  return dtype === "u32" ? Uint32Array.from(indices) : Int32Array.from(indices);
}
