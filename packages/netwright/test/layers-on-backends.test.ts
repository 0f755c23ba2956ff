// Every layer of the catalog, by the example that it gives of itself, trains on every backend: the bits of `reference`
// on jit, and near to it on TensorFlow's. So a new layer comes to all of them by standing in the table.

import { describe, expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { nativeBackend } from "@netwright/backend-native";
import { referenceBackend } from "@netwright/backend-reference";
import { wasmBackend } from "@netwright/backend-wasm";
import { lower } from "@netwright/compiler";
import { type Program, sizeOf, verify } from "@netwright/ir";
import type { Model } from "@netwright/lang";
import { type Backend, type Batch, compile, type Executable } from "@netwright/runtime";
import { memoryFiles, openProject } from "netwright";
import { catalog, documented } from "../src/catalog/catalog.ts";

const ROWS = 6;
const STEPS = 4;

/** Of these the first that a layer takes. */
const INPUTS = ["6", "6, 2", "6, below: 9"];

function modelOf(layer: string): Model {
  for (const input of INPUTS) {
    const flow = `input(${input})\n ${documented.layer.get(layer)?.example}\n flatten\n dense(2)`;
    const text = `netwright 1\nmodel {\n ${flow}\n}\ntrain {\n loss: mse\n optimizer: adam(0.01)\n}\n`;
    const { model } = openProject({ file: "layer.net", text }, { files: memoryFiles(new Map()) });
    if (model !== undefined) return model;
  }
  throw new Error(`the example of ${layer} fits none of the inputs`);
}

/** Without pattern, the same every time. */
function batchOf(model: Model): Batch {
  const numbers = (count: number, offset: number) =>
    Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1 + offset) ** 1.3));
  const type = model.inputs[0]?.type ?? { kind: "number", shape: [] };
  const count = ROWS * sizeOf(type.shape);
  const x =
    type.kind === "number"
      ? numbers(count, 0)
      : Int32Array.from({ length: count }, (_, i) => (i * 7) % type.of);
  return { rows: ROWS, feeds: { x, y: numbers(ROWS * 2, 90) } };
}

interface Trained {
  readonly losses: readonly number[];
  readonly state: ReturnType<Executable["readState"]>;
  readonly prediction: Float32Array;
}

async function train(backend: Backend, program: Program, batch: Batch): Promise<Trained> {
  const executable = await compile(backend, program);
  try {
    executable.init(5);
    const losses = Array.from({ length: STEPS }, () => executable.step(batch).loss);
    const state = executable.readState();
    const { x } = batch.feeds;
    if (x === undefined) throw new Error("the batch has an input");
    return { losses, state, prediction: executable.predict({ rows: ROWS, feeds: { x } }).slice() };
  } finally {
    executable.dispose();
  }
}

const models = [...catalog.layer.keys()].map((layer) => {
  const model = modelOf(layer);
  return { layer, program: lower(model, { step: [ROWS], predict: [ROWS] }), batch: batchOf(model) };
});

const references = new Map<string, Trained>();

describe("reference", () => {
  test.each(models)("$layer", async ({ layer, program, batch }) => {
    expect(verify(program)).toEqual([]);
    const trained = await train(referenceBackend, program, batch);
    references.set(layer, trained);
    expect(trained.losses.every(Number.isFinite)).toBe(true);
    // dropout is noise to the loss; all else learns six rows by heart.
    if (layer !== "dropout") expect(trained.losses.at(-1)).toBeLessThan(trained.losses[0] ?? 0);
  });
});

async function pairOf(backend: Backend, { layer, program, batch }: (typeof models)[number]) {
  const expected = references.get(layer) ?? (await train(referenceBackend, program, batch));
  return { expected, actual: await train(backend, program, batch) };
}

describe("jit", () => {
  test.each(models)("$layer", async (model) => {
    const { expected, actual } = await pairOf(jitBackend, model);
    expect(actual).toEqual(expected);
  });
});

const hasLibrary = await nativeBackend.describe().then(
  () => true,
  () => false,
);
if (!hasLibrary)
  process.stderr.write("skipped: layers on native: `netwright setup native` has not been run\n");

const near: readonly (readonly [string, Backend, typeof describe | typeof describe.skip])[] = [
  ["wasm", wasmBackend, describe],
  ["native", nativeBackend, hasLibrary ? describe : describe.skip],
];

for (const [name, backend, describeIt] of near) {
  describeIt(name, () => {
    test.each(models)("$layer", async (model) => {
      const { expected, actual } = await pairOf(backend, model);
      expectNear(actual.losses, expected.losses);
      expectNear(actual.prediction, expected.prediction);
      for (const [variable, values] of expected.state) expectNear(actual.state.get(variable) ?? [], values);
    });
  });
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of Array.from(expected).entries()) {
    expect(Math.abs((actual[i] ?? Number.NaN) - value)).toBeLessThan(1e-3 * Math.max(1, Math.abs(value)));
  }
}
