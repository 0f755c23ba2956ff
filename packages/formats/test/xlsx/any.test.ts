// Columns, activations and branches of every kind that a workbook carries, by its formulas; rows that it refuses; what it cannot
// carry; and what programs want of its parts.

import { expect, test } from "@jest/globals";
import { differenceTo, formats, type SampleRow, scalesOf } from "@netwright/formats";
import { apartFromFloat64, float64Run } from "@netwright/formats/node";
import { strFromU8, unzipSync } from "fflate";
import { activations, data, fileOf } from "../dense-models.ts";
import { parsedXml } from "../parsed.ts";
import { portable } from "../portable.ts";
import { predictedFor, refusalsOf, written } from "./run.ts";

const small = "dense(3, relu) -> dense(1)";

async function heldToNetwright(source: string, samples = 60) {
  const model = await portable(source, data, samples);
  const made = await predictedFor(model, model.samples.rows);
  const numbers = made.numbers.map(Number);
  expect(made.problems.filter((problem) => problem !== "")).toEqual([]);
  const { difference, otherClasses } = differenceTo(model, numbers);
  expect(difference).toBeLessThan(1e-5);
  expect(otherClasses).toBe(0);
  expect(apartFromFloat64(numbers, float64Run(model), scalesOf(model.outputs))).toBeLessThan(1e-12);
  return { model, ...made };
}

test.each([
  ["dense(5, tanh) -> dense(outputs)", "y", "mse", "y: number(scale: log1p)"],
  ["dense(5, tanh) -> dense(outputs)", "y", "mse", "y: number(scale: smooth_clip, clamp: true)"],
  ["dense(5, tanh) -> dense(1)", "count", "poisson", "count: integer(scale: none)"],
])(
  "columns of every kind: %s of %s by %s, %s",
  async (flow, target, loss, more) => {
    const source = fileOf(flow, target, loss, more);
    const own = target === "count" ? source.replace(/ *count: integer.*scale: minmax\)\n/, "") : source;
    const { book, model } = await heldToNetwright(
      own.replace("features: [n, count,", target === "count" ? "features: [n," : "features: [n, count,"),
    );
    expect(String(book.valueAt("Predict", 3, 1))).toContain("computes as Netwright does");
    expect(Math.max(...book.formulas.map(({ length }) => length))).toBeLessThan(8000);
    expect(book.formulas.join(" ")).not.toMatch(/LAMBDA|LET\(|_xl|BYROW/);
    expect(book.sheets.map(({ name }) => name).slice(0, 4)).toEqual(["Predict", "Check", "Columns", "Words"]);
    expect(book.valueAt("Predict", 5, 1)).toBe("n (kg)");
    expect(model.columns).toHaveLength(target === "count" ? 7 : 8);
  },
  120_000,
);

test.each([
  ["dense(5, tanh) -> dense(outputs)", "cross_entropy"],
  ["dense(5, tanh) -> dense(1)", "binary_cross_entropy"],
  ["dense(5, tanh) -> dense(1)", "hinge"],
])(
  "classes: %s by %s",
  async (flow, loss) => {
    const { model, words } = await heldToNetwright(fileOf(flow, "two", loss));
    expect(words).toEqual(model.samples.answers.map(({ two }) => two));
  },
  120_000,
);

test("a threshold and a temperature of classes", async () => {
  const source = fileOf("dense(5, tanh) -> dense(outputs)", "two", "cross_entropy").replace(
    "train { ",
    "report {\n calibration: temperature\n}\ntrain { threshold: best(f1), ",
  );
  const model = await portable(source, data, 60);
  const { outputs, samples } = model;
  if (outputs.kind !== "classes") throw new Error(outputs.kind);
  expect(outputs.temperature).not.toBeNull();
  expect(outputs.threshold).not.toBeNull();
  const { words, numbers } = await predictedFor(model, samples.rows);
  expect(words).toEqual(samples.answers.map(({ two }) => two));
  const [p = 0, q = 0] = samples.given;
  const powers = [p, q].map((share) => share ** (1 / (outputs.temperature ?? 1)));
  expect(numbers[0]).toBeCloseTo((powers[0] ?? 0) / ((powers[0] ?? 0) + (powers[1] ?? 0)), 6);
}, 120_000);

test("activations", async () => {
  const all = [...activations, "gelu", "tanh"];
  const flow = all.map((activation) => `dense(3, ${activation})`).join(" -> ");
  const parts = all.map((activation, i) => `p${i} { dense(3, ${activation}) }`).join(" ");
  for (const one of [`parallel { ${parts} } -> concat -> dense(1)`, `${flow} -> dense(1)`])
    await heldToNetwright(fileOf(one), 30);
}, 120_000);

test.each([
  "residual(project: dense) { dense(6, swish) } -> dense(1)",
  "parallel { a { dense(3, relu) } b { dense(3) } } -> multiply -> dense(1)",
  "parallel { a { dense(3, relu) } b { dense(3) } c { dense(3) } } -> average -> dropout(0.2) -> dense(1)",
  "dense(5, use_bias: false, parametrization: ntk) -> activation(tanh) -> dense(1)",
])(
  "%s",
  async (flow) => {
    await heldToNetwright(fileOf(flow), 30);
  },
  120_000,
);

test("a row that is refused has a reason, and no prediction, and changes no other one", async () => {
  const model = await portable(fileOf(small), data);
  const { rows, refused } = model.samples;
  const [first] = rows;
  if (first === undefined) throw new Error("no rows");
  const odd = (name: string, value: string | number): SampleRow => ({
    ...first,
    values: { ...first.values, [name]: value },
  });
  const empty: SampleRow = { values: {}, cells: {} };
  const more = [odd("n", "7"), odd("count", "many"), odd("flag", "maybe"), odd("n", 4e38), odd("count", 1.5)];
  const all = [...rows, ...refused, ...more, empty];
  const { problems, numbers } = await predictedFor(model, all);
  const alone = await predictedFor(model, rows);
  expect(numbers.slice(0, rows.length)).toEqual(alone.numbers);
  for (const [i, { column }] of refused.entries()) {
    expect(numbers[rows.length + i]).toBe("");
    expect(String(problems[rows.length + i])).toContain(column);
  }
  expect(refused.length).toBeGreaterThan(3);
  expect(problems).toContain("n is above 200");
  expect(problems.slice(rows.length + refused.length)).toEqual([
    "n is no number",
    "count is no number",
    "flag is neither true nor false",
    "n is too large",
    "count is no whole number",
    "",
  ]);
  expect(numbers.slice(rows.length + refused.length)).toEqual(Array(more.length + 1).fill(""));
}, 120_000);

test("what a workbook cannot hold is refused with the reason", async () => {
  expect(await refusalsOf(await portable(fileOf("dense(300, relu) -> dense(1)"), data))).toEqual([
    "Layer `dense_1` has 300 numbers, and sheets take minutes for more than 256",
  ]);
  expect(
    await refusalsOf(
      await portable(fileOf("dense(3) -> layer_norm -> dense(3, hard_shrink) -> dense(1)"), data),
    ),
  ).toEqual([
    "Layer `layer_norm_1` is a `layer_norm`, which the format has no form of",
    "Layer `dense_2` has the activation `hard_shrink`, which the format cannot compute",
  ]);
  const model = await portable(fileOf(small), data);
  expect(await refusalsOf(model, 1_000_000)).toEqual([
    expect.stringMatching(/^A workbook of 1,000,040 rows is more than the [\d]+ that sheets hold/),
  ]);
}, 120_000);

test("parts are XML, words and names of any kind stay themselves, and the same model is the same bytes", async () => {
  const odd = 'a "b" & <c>\u0007 _x000D_';
  const model = await portable(fileOf(small), data);
  const named = {
    ...model,
    columns: model.columns.map((column, i) => (i === 0 ? { ...column, name: odd } : column)),
  };
  const file = written(named, []);
  const parts = unzipSync(file.content);
  for (const [name, bytes] of Object.entries(parts)) {
    expect(name).toMatch(/\.(xml|rels)$/);
    parsedXml(strFromU8(bytes));
  }
  const text = Object.values(parts)
    .map((bytes) => strFromU8(bytes))
    .join("");
  expect(text).toContain("a &quot;b&quot; &amp; &lt;c&gt;\ufffd _x005F_x000D_");
  expect(text).toContain("o'blue");
  expect(text).not.toContain("<v></v>");
  expect(strFromU8(parts["xl/workbook.xml"] ?? new Uint8Array())).toContain('fullCalcOnLoad="1"');
  expect(written(named, []).content).toEqual(file.content);
  const write = await formats.xlsx.load();
  expect("files" in (await write(model, {}))).toBe(true);
}, 120_000);
