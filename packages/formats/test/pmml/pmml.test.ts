// Models as PMML: evaluated beside Netwright's answers and a run of the same weights in f64; rows that are refused; what is not carried.

import { expect, test } from "@jest/globals";
import {
  differenceTo,
  formats,
  type PortableModel,
  type SampleRow,
  scalesOf,
  toldNames,
} from "@netwright/formats";
import { apartFromFloat64, float64Run } from "@netwright/formats/node";
import { data, fileOf } from "../dense-models.ts";
import { concrete, penguins } from "../examples.ts";
import { portable } from "../portable.ts";
import { type Evaluated, evaluatorOf } from "./evaluated.ts";

async function textOf(model: PortableModel): Promise<string> {
  const write = await formats.pmml.load();
  const written = write(model);
  if ("refused" in written) throw new Error(JSON.stringify(written.refused));
  expect(written.files.map(({ name }) => name)).toEqual([`${model.name}.pmml`]);
  return written.files.map(({ content }) => new TextDecoder().decode(content)).join();
}

async function refusalsOf(model: PortableModel): Promise<readonly string[]> {
  const write = await formats.pmml.load();
  const written = write(model);
  return "refused" in written ? written.refused.map(({ what, why }) => `${what} ${why}`) : [];
}

async function answersOf(model: PortableModel, rows: readonly SampleRow[]): Promise<readonly Evaluated[]> {
  const evaluate = evaluatorOf(await textOf(model));
  return rows.map(({ values }) => evaluate(values));
}

async function heldToNetwright(model: PortableModel) {
  const answers = await answersOf(model, model.samples.rows);
  expect(answers.filter((answer) => typeof answer === "string")).toEqual([]);
  const numbers = answers.flatMap((answer) =>
    toldNames(model.outputs).map((name) =>
      typeof answer === "string" ? Number.NaN : Number(answer[name] ?? Number.NaN),
    ),
  );
  const { difference, otherClasses } = differenceTo(model, numbers);
  expect(difference).toBeLessThan(1e-5);
  expect(otherClasses).toBe(0);
  expect(apartFromFloat64(numbers, float64Run(model), scalesOf(model.outputs))).toBeLessThan(1e-12);
  return answers;
}

test("concrete, 2 x 32", async () => {
  const model = await concrete();
  await heldToNetwright(model);
  const text = await textOf(model);
  expect(text).toContain('<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">');
  expect(text).toContain('displayName="Cement (kg/m3)"');
  expect(text.match(/<NeuralLayer numberOfNeurons="32" activationFunction="rectifier">/g)).toHaveLength(2);
}, 120_000);

test("penguins", async () => {
  const model = await penguins();
  const answers = await heldToNetwright(model);
  expect(answers.map((answer) => (typeof answer === "string" ? "" : answer["predicted_species"]))).toEqual(
    model.samples.answers.map(({ species }) => species),
  );
}, 120_000);

test.each([
  ["dense(5, tanh) -> dense(outputs)", "y", "mse", "y: number(scale: log1p)"],
  ["dense(5, tanh) -> dense(outputs)", "y", "mse", "y: number(clamp: true)"],
  ["dense(5, tanh) -> dense(outputs)", "[y, long]", "mse", "y: number(scale: log1p)"],
  ["dense(5, tanh) -> dense(outputs)", "two", "cross_entropy", ""],
  ["dense(5, tanh) -> dense(1)", "two", "binary_cross_entropy", ""],
])(
  "columns of every kind: %s of %s by %s, %s",
  async (flow, target, loss, more) => {
    const source = fileOf(flow, target, loss, more);
    await heldToNetwright(
      await portable(
        target.includes("long") ? source.replace("count, long, clip", "count, clip") : source,
        data,
        60,
      ),
    );
  },
  120_000,
);

test.each([
  "dense(4, sigmoid) -> dense(3, softsign) -> dense(3, exponential) -> dense(3, softmax) -> dense(1)",
  "residual(project: dense) { dense(6, relu) } -> dense(1)",
  "parallel { a { dense(3, relu) } b { dense(3) } c { dense(3, tanh) } } -> average -> dropout(0.2) -> dense(1)",
  "dense(4) -> parallel { a { activation(tanh) } b { activation(relu) } c { dense(2) } } -> concat -> softmax -> dense(1)",
  "dense(5, use_bias: false, parametrization: ntk) -> activation(tanh) -> dense(1)",
])(
  "%s",
  async (flow) => {
    await heldToNetwright(await portable(fileOf(flow), data));
  },
  120_000,
);

test("a temperature of classes", async () => {
  const source = fileOf("dense(5, tanh) -> dense(outputs)", "two", "cross_entropy").replace(
    "train { ",
    "report {\n calibration: temperature\n}\ntrain { ",
  );
  const model = await portable(source, data, 20);
  const { outputs, samples } = model;
  const [answer] = await answersOf(model, samples.rows);
  if (outputs.kind !== "classes" || outputs.temperature === null || typeof answer !== "object")
    throw new Error("none");
  const [p = 0, q = 0] = [...samples.given.slice(0, 2)].map(
    (share) => share ** (1 / (outputs.temperature ?? 1)),
  );
  expect(answer["probability_good"]).toBeCloseTo(outputs.words[0] === "good" ? p / (p + q) : q / (p + q), 6);
}, 120_000);

test("a row that is refused has no prediction, and the field is named", async () => {
  const model = await portable(fileOf("dense(3, relu) -> dense(1)"), data);
  const { refused } = model.samples;
  expect(refused.length).toBeGreaterThan(3);
  const answers = await answersOf(model, refused);
  for (const [i, { column }] of refused.entries()) expect(answers[i]).toContain(column);
}, 120_000);

test("what is not carried is refused with the reason", async () => {
  const flow = [
    "parallel { a { dense(3, elu) } b { dense(3, relu(negative_slope: 0.1)) } } -> multiply",
    "dense(3, gelu) -> layer_norm -> dense(outputs)",
  ].join(" -> ");
  expect(
    await refusalsOf(await portable(fileOf(flow, "y", "mse", "y: number(scale: smooth_clip)"), data)),
  ).toEqual([
    "Layer `dense_1` has the activation `elu`, which the format cannot compute",
    "Layer `dense_2` has the activation `relu` with a slope, a threshold or a maximum, which the format cannot compute",
    "Layer `dense_3` has the activation `gelu`, which the format cannot compute",
    "Layer `layer_norm_1` is a `layer_norm`, which the format has no form of",
    "Target `y` is turned back by more than a factor, a constant and bounds",
  ]);
  expect(
    await refusalsOf(
      await portable(
        fileOf("parallel { a { dense(3) } b { dense(3) } } -> multiply -> dense(1)", "two", "hinge"),
        data,
      ),
    ),
  ).toEqual([
    "Layer `multiply_1` multiplies values, which neurons of the format do not",
    "Margins of `two` are no probabilities, which the format has of classes",
  ]);
  const threshold = fileOf("dense(5, tanh) -> dense(outputs)", "two", "cross_entropy").replace(
    "train { ",
    "train { threshold: 0.3, ",
  );
  expect(await refusalsOf(await portable(threshold, data))).toEqual([
    "The threshold 0.3 of `two` is no part of the format, in which the likeliest class is predicted",
  ]);
}, 120_000);

test("names and words of any kind stay themselves", async () => {
  const odd = 'a "b" & <c>\n\u0007';
  const model = await portable(fileOf("dense(3, relu) -> dense(1)"), data);
  const named = {
    ...model,
    columns: model.columns.map((column, i) => (i === 0 ? { ...column, name: odd } : column)),
  };
  const text = await textOf(named);
  expect(() => evaluatorOf(text)).not.toThrow();
  expect(text).toContain('name="a &quot;b&quot; &amp; &lt;c&gt;&#10;\ufffd"');
  expect(await textOf(named)).toBe(text);
}, 120_000);
