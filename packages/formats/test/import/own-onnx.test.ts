// What Netwright exports as ONNX is read again: the same network by its layers alone, with the same predictions.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { type PortableModel, widthOf } from "@netwright/formats";
import { importModel, portableModel } from "netwright";
import { readOnnx } from "../../src/import/onnx/read.ts";
import { ACTIVATION_NAMES, type ActivationName } from "../../src/model/layer-names.ts";
import { concrete, penguins } from "../examples.ts";
import { data, fileOf, flows, oneWayFlows } from "../onnx/flows.ts";
import { written } from "../onnx/run.ts";
import { noise, portable } from "../portable.ts";
import { runForeign } from "./run-foreign.ts";

/** Layers with their arguments and what they take, by their places, as the file of a model says them. */
function flowOf({ network: { inputs, nodes } }: PortableModel): readonly unknown[] {
  const places = new Map<string, number>(inputs.map(({ name }, i) => [name, -1 - i]));
  const flow: unknown[] = [];
  for (const [i, { name, layer, args, inputs: taken }] of nodes.entries()) {
    const from = taken.map((input) => places.get(input.from));
    const isPassed = PASSED.has(layer) || (layer === "reshape" && i === 0);
    places.set(name, isPassed ? (from[0] ?? Number.NaN) : flow.length);
    const [size = 1] = taken[0]?.type.shape ?? [];
    const end = args["end"];
    const counted = typeof end === "number" && end < 0 ? { ...args, end: end + size } : args;
    if (!isPassed) flow.push([layer, JSON.parse(JSON.stringify(counted, plain)), from]);
  }
  return flow;
}

/** What works while training alone no ONNX file has; a shape of the only input becomes that of its columns. */
const PASSED: ReadonlySet<string> = new Set(["dropout", "random_translation"]);

function plain(key: string, value: unknown): unknown {
  return key === "span" ? undefined : value;
}

async function filesOf(model: PortableModel): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map((await written(model)).map(({ name, content }) => [name, content]));
}

/** Without the texts with which all of it would come back: the layers tell the network. */
function withoutTexts(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  return new Map(
    [...files].map(([name, content]) => {
      const text = Buffer.from(content).toString("latin1");
      return [
        name,
        new Uint8Array(Buffer.from(text.replaceAll("netwright.sources", "netwright.s0urces"), "latin1")),
      ];
    }),
  );
}

/** What the layers compute here, and the imported run: by layers alone, and as a whole. */
async function throughOnnx(model: PortableModel) {
  const files = await filesOf(model);
  const arrived = await readOnnx(files, {});
  if ("refused" in arrived) throw new Error(JSON.stringify(arrived.refused));
  const { given, inputs } = model.samples;
  const rows = given.length / widthOf(model.outputs);
  const made = await runForeign(arrived.model, inputs, rows);
  const { bundle } = await importModel(withoutTexts(files));
  const again = await portableModel(bundle, { samples: 1 });
  if (!again.ok) throw new Error(JSON.stringify(again.diagnostics));
  const { bundle: own } = await importModel(files);
  return { made, again: again.value, own };
}

function furthest(made: Float32Array, given: ArrayLike<number>): number {
  return made.reduce((most, value, i) => Math.max(most, Math.abs(value - (given[i] ?? Number.NaN))), 0);
}

test.each(flows)("%s", async (flow) => {
  const model = await portable(fileOf(flow), data);
  const { made, again } = await throughOnnx(model);
  expect(furthest(made, model.samples.given)).toBeLessThan(1e-6);
  // What takes another part in every step of a training comes back as layers that take the middle.
  if (!flow.includes("random_crop")) expect(flowOf(again)).toEqual(flowOf(model));
});

test.each([
  ...oneWayFlows,
  "members(4, choose: best) -> member_dense(3, relu) -> dense(4, parametrization: ntk) -> member_dense(1)",
])("as a whole by the names of its weights: %s", async (flow) => {
  const model = await portable(fileOf(flow), data);
  for (const rawInput of [false, true]) {
    const files = await written(model, { rawInput });
    const { bundle, own } = await importModel(new Map(files.map(({ name, content }) => [name, content])));
    expect(own).toBe(true);
    expect(bundle.record.hash.weights).toBe(model.record.hash.weights);
  }
});

/** The first is a name of an operation, behind its tag and its length. */
test.each([
  ['"\u0004Tanh', '"\u0004Relu'],
  ["netwright.sources", "netwright.s0urces"],
])("an ensemble is refused with %j changed", async (from, to) => {
  const model = await portable(fileOf("members(2) -> member_dense(3, tanh) -> member_dense(1)"), data);
  const changed = new Map(
    [...(await filesOf(model))].map(([name, content]) => {
      const text = Buffer.from(content).toString("latin1");
      expect(text).toContain(from);
      return [name, new Uint8Array(Buffer.from(text.replaceAll(from, to), "latin1"))];
    }),
  );
  await expect(importModel(changed)).rejects.toMatchObject({ diagnostics: [{ code: "NW0880" }] });
});

/** With arguments that are not their defaults, where they have some. */
const STATED: Readonly<Partial<Record<ActivationName, string>>> = {
  relu: "relu(max_value: 1, negative_slope: 0.125, threshold: 0.25)",
  elu: "elu(0.5)",
  celu: "celu(0.75)",
  hard_shrink: "hard_shrink(0.375)",
  soft_shrink: "soft_shrink(0.375)",
  squareplus: "squareplus(3)",
  leaky_relu: "leaky_relu(0.125)",
};

test.each(["even", "odd"])("every activation, as an argument and as a layer: %s", async (half) => {
  const own = ACTIVATION_NAMES.filter((name, i) => name !== "linear" && i % 2 === (half === "even" ? 0 : 1));
  const branches = own.map((name) => STATED[name] ?? name);
  const flow = branches
    .map((name, i) => `b${i} { dense(4, ${name}) } c${i} { dense(4) -> ${name} }`)
    .join(" ");
  const model = await portable(fileOf(`parallel { ${flow} } -> concat -> dense(1)`), data);
  const { made, again } = await throughOnnx(model);
  expect(furthest(made, model.samples.given)).toBeLessThan(1e-5);
  // An activation behind a layer is an argument of it.
  const acting = again.network.nodes.flatMap(({ args: { activation } }) =>
    typeof activation === "object" && activation !== null && "name" in activation ? [activation.name] : [],
  );
  for (const name of own) expect(acting.filter((one) => one === name).length).toBe(2);
});

const example = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../examples/${name}`, import.meta.url)), "utf8");

const series = Array.from({ length: 120 }, (_, i) => ({
  t: i,
  a: noise(i, 3),
  b: noise(i, 5) * 10,
  y: noise(i - 1, 3) + noise(i, 5),
}));

const windows = (flow: string) => `netwright 1
data series { source: "series.csv", target: y, features: [a, b], window { length: 12, horizon: 1, order: t } }
model { ${flow} }
train { loss: mse, optimizer: adam(1e-3), batch: 32, epochs: 2 }
`;

const models: readonly (readonly [string, () => Promise<PortableModel>])[] = [
  ["concrete", concrete],
  ["penguins", penguins],
  [
    "digits, a CNN",
    () =>
      portable(
        example("digits/digits-image.net").replace(/epochs: \d+/, "epochs: 1"),
        example("digits/digits.csv"),
      ),
  ],
  [
    "a series, an LSTM",
    () => portable(windows("lstm(8, return_sequences: true) -> lstm(4) -> dense(1)"), series),
  ],
  [
    "a series, a transformer",
    () =>
      portable(
        windows(
          "dense(16) -> sine_position_encoding -> residual { layer_norm -> multi_head_attention(4) } -> residual { layer_norm -> dense(32, gelu) -> dense(16) } -> layer_norm -> global_average_pooling1d -> dense(1)",
        ),
        series,
      ),
  ],
];

test.each(models)("%s", async (_, train) => {
  const model = await train();
  const { again, own } = await throughOnnx(model);
  expect(flowOf(again)).toEqual(flowOf(model));
  // With its own texts it comes back whole: scaling, words, and weights to the bit.
  expect(own.record.hash.weights).toBe(model.record.hash.weights);
});

test("a file without columns has the network alone, also with indices of words", async () => {
  const source = `netwright 1
data t { source: "t.csv", target: y, features: [a, w]
  columns { w: category(encoder: ordinal) } }
model { parallel { numbers { input(x) } words { input(w) -> embedding(3) } } -> concat -> dense(1) }
train { loss: mse, optimizer: adam(0.01), epochs: 2, batch: 16 }
`;
  const rows = data.map(({ y }, i) => ({ a: noise(i, 3), w: ["red", "blue", "green"][i % 3], y }));
  const model = await portable(source, rows);
  for (const rawInput of [true, false]) {
    const files = await written(model, { rawInput });
    const arrived = await readOnnx(new Map(files.map(({ name, content }) => [name, content])), {});
    if ("refused" in arrived) throw new Error(JSON.stringify(arrived.refused));
    expect(arrived.model.inputs).toEqual(model.network.inputs);
    const made = await runForeign(arrived.model, model.samples.inputs, model.samples.given.length);
    expect(furthest(made, model.samples.given)).toBeLessThan(1e-6);
  }
});
