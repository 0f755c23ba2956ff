// Encoders, types of columns, rules for missing values and splitters of a user's own: each is one definition, and goes
// wherever the model goes.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import {
  choice,
  chosen,
  defineColumnType,
  defineMissing,
  defineNumberEncoder,
  defineScaling,
  defineSplitter,
  defineWordEncoder,
  diffModels,
  explain,
  exportWasm,
  extendCatalog,
  findBackend,
  helpFor,
  instance,
  load,
  memoryFiles,
  NetwrightError,
  numbersOf,
  openProject,
  optional,
  real,
  resolvedText,
  runTraining,
  schemaOf,
  sharesConflict,
  splitParams,
  study,
  text,
  train,
} from "netwright";

const folder = mkdtempSync(join(tmpdir(), "netwright-columns-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const described = { formula: "as tested", example: "as tested", source: "" };

const shifted = defineScaling<{ readonly by: number }>()({
  ...described,
  name: "shifted",
  doc: "Subtracts the least value and what is asked.",
  params: {
    more: real({ doc: "Subtracted, too.", default: 0 }),
    note: text({ doc: "A remark.", default: "" }),
  },
  range: () => ({ min: null, max: null }),
  fit: (pieces, { more }) => {
    let least = Number.POSITIVE_INFINITY;
    for (const values of pieces) for (const x of values) least = Math.min(least, x);
    return { by: least + more };
  },
  read: ({ by }) => (typeof by === "number" && Number.isFinite(by) ? { by } : null),
  apply: ({ by }, x) => x - by,
  invert: ({ by }, z) => z + by,
  steps: ({ by }) => ({ apply: [{ kind: "subtract", by }], invert: [{ kind: "add", by }] }),
});

/** Two numbers of one. */
const cyclic = defineNumberEncoder({
  ...described,
  name: "cyclic",
  doc: "A point on a circle.",
  params: { period: real({ doc: "Once around.", default: 7, above: 0 }) },
  range: () => ({ min: -1, max: 1 }),
  output: () => numbersOf([2]),
  fit: (_, { period }) => ({ period }),
  open: ({ period }) =>
    typeof period === "number"
      ? {
          takes: "number",
          output: numbersOf([2]),
          scaling: null,
          write(values, { into, at, width }) {
            for (const [row, x] of values.entries()) {
              const angle = (2 * Math.PI * x) / period;
              into[at + row * width] = Math.cos(angle);
              into[at + row * width + 1] = Math.sin(angle);
            }
          },
        }
      : null,
});

const halves = defineWordEncoder({
  ...described,
  name: "halves",
  doc: "The number of the word, halved.",
  params: {},
  other: "0",
  typeOf: () => numbersOf([1]),
  writeCode(code, count, start, into) {
    into[start] = code === count ? 0 : (code + 1) / 2;
  },
});

const weekday = defineColumnType({
  ...described,
  name: "weekday",
  doc: "A day, from 0.",
  params: {
    days: choice({ doc: "Of a week.", values: ["five", "seven"], default: "seven" }),
    encoder: optional(instance({ family: "encoder", doc: "Its encoder." })),
  },
  takes: "number",
  bounds: ({ days }) => ({ min: 0, max: days === "five" ? 4 : 6 }),
  contract: ({ days }) => ({ unit: null, min: 0, max: days === "five" ? 4 : 6 }),
  encoder: ({ encoder }) => chosen(encoder) ?? { name: "cyclic", args: {} },
  missing: () => ({ name: "fixed", args: { value: 3 } }),
});

const fixed = defineMissing({
  ...described,
  name: "fixed",
  doc: "Fills in a number.",
  params: { value: real({ doc: "The number.", default: 0 }) },
  takes: ["number"],
  rows: "kept",
  fill: (_, { value }) => value,
});

const everyNth = defineSplitter({
  ...described,
  name: "every",
  doc: "Rows in turn.",
  params: { train: splitParams.train, validation: splitParams.validation, test: splitParams.test },
  shares: ({ train: most, validation, test: least }) => ({ train: most, validation, test: least }),
  conflict: sharesConflict,
  deal({ groups }, { validation, test: least }) {
    const of = (from: number, to: number) =>
      Int32Array.from(groups.keys()).filter((row) => row % 10 >= 10 * from && row % 10 < 10 * to);
    return {
      train: of(validation + least, 1),
      validation: of(least, validation + least),
      test: of(0, least),
    };
  },
});

const catalog = extendCatalog({
  encoder: [shifted, cyclic, halves],
  column: [weekday],
  missing: [fixed],
  splitter: [everyNth],
});

const data = Array.from({ length: 60 }, (_, i) => ({
  day: i % 8 === 7 ? "" : i % 7,
  size: i / 4,
  colour: i % 3 === 0 ? "red" : "green",
  y: (i % 7) * 3 + i,
}));

const fileOf = (settings: string, epochs = 3) => `netwright 1
data points {
  source: "points.csv"
  target: y
  ${settings}
}
model { dense(6, tanh) -> dense(outputs) }
train { loss: mse, epochs: ${epochs} }
`;

const ALL = `columns { day: weekday, colour: category(encoder: halves(unknown: other)) }
  scale: shifted(more: 0.5, note: "a \\"quoted\\" remark")
  missing: fixed(2)
  split: every(train: 60%, validation: 20%, test: 20%)`;

async function rejection(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetwrightError)) throw new Error(`it should be refused: ${error}`);
  return error.diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n");
}

const projectOf = (source: string, known = catalog) =>
  openProject(
    { file: "points.net", text: source },
    { files: memoryFiles(new Map()), data, ...(known === undefined ? {} : { catalog: known }) },
  );

test("a file that names all of them trains, predicts, is saved and loaded, to the same bits", async () => {
  const model = await train(fileOf(ALL), { data, catalog });
  const { features, target } = model.bundle.model.encoders ?? { features: [], target: [] };
  expect(features.map(({ name, encoder, missing }) => [name, encoder, missing])).toEqual([
    ["day", "cyclic", { policy: "fixed", fill: 3 }],
    ["size", "shifted", { policy: "fixed", fill: 2 }],
    ["colour", "halves", { policy: "error", fill: null }],
  ]);
  expect(target[0]).toMatchObject({ encoder: "shifted", missing: { policy: "error", fill: null } });
  expect(model.record.splits.test?.rows).toBe(12);
  const row = { day: "", size: 3, colour: "blue" };
  const expected = await model.predict(row);
  expect(expected).toEqual(await model.predict({ ...row, day: 3 }));

  const directory = await model.save(folder);
  const loaded = load(directory, { catalog });
  expect(await loaded.predict(row)).toEqual(expected);
  expect(await loaded.evaluate(data)).toEqual(await model.evaluate(data));
  await loaded.dispose();
  await model.dispose();
});

describe("a run whose definitions the catalog has not is refused, and says which and where they go", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["encoder", "scale: shifted", "shifted"],
    ["column", "columns { day: weekday(encoder: zscore) colour: category }", "fixed"],
    ["missing", "columns { colour: category } features: [colour, size] missing: fixed", "fixed"],
    ["splitter", "features: [size] split: every(train: 60%, validation: 20%, test: 20%)", "every"],
  ];
  test.each(cases)("%s: %s", async (family, settings, name) => {
    const only = family === "encoder" || family === "splitter" ? `${settings}\n features: [size]` : settings;
    const model = await train(fileOf(only.replace(/features: \[size\](?=[\s\S]*features)/, "")), {
      data: data.map((row) => ({ ...row, day: row.day === "" ? 1 : row.day })),
      catalog,
    });
    const directory = await model.save(join(folder, family));
    const reasons = await rejection(load(directory).predict({ day: 1, size: 3, colour: "red" }));
    expect(reasons).toMatch(/^NW0844 the run uses `[^\n]*, which Netwright has not$/);
    expect(reasons).toContain(`\`${name}\``);
    expect(await rejection(exportWasm(model.bundle))).toContain("NW0844");
    const note = await load(directory)
      .predict({ day: 1, size: 3, colour: "red" })
      .catch((error: NetwrightError) => error.diagnostics[0]?.notes[0]);
    expect(note).toContain("extendCatalog({ ");
    await model.dispose();
  });
});

test("parameters that are damaged are refused by the encoder itself", async () => {
  const model = await train(fileOf("features: [size] scale: shifted"), { data, catalog });
  const { encoders } = model.bundle.model;
  if (encoders === null) throw new Error("there are encoders");
  const damaged = encoders.features.map((column) => ({ ...column, params: { by: "1" } }));
  const bundle = {
    ...model.bundle,
    model: { ...model.bundle.model, encoders: { ...encoders, features: damaged } },
  };
  expect(await rejection(exportWasm({ ...bundle } as typeof model.bundle, { catalog }))).toContain(
    "NW0660 The saved encoders cannot be read: column `size`",
  );
  await model.dispose();
});

test("an export carries the steps of a scaling", async () => {
  const model = await train(fileOf("features: [size] scale: shifted"), { data, catalog });
  const { wasm } = await exportWasm(model.bundle, { catalog });
  expect(wasm.length).toBeGreaterThan(100);
  await model.dispose();
});

test("a training that was interrupted goes on with them, and says what has changed since", async () => {
  const backend = await findBackend("reference");
  if (!backend.ok) throw new Error("there is a backend");
  const stop = new AbortController();
  const project = projectOf(fileOf(ALL, 4));
  const options = { backend: backend.value, callbacks: { onEpoch: () => stop.abort() } };
  const half = await runTraining(project, { ...options, signal: stop.signal });
  if (!half.ok || half.value.bundle.checkpoint === null) throw new Error("it was stopped");
  const resume = { ...half.value.bundle, checkpoint: half.value.bundle.checkpoint };
  const whole = await runTraining(project, { backend: backend.value });
  const again = await runTraining(project, { backend: backend.value, resume });
  if (!whole.ok || !again.ok) throw new Error("both train");
  expect(again.value.bundle.record.hash.weights).toBe(whole.value.bundle.record.hash.weights);

  const other = projectOf(fileOf(ALL.replace("more: 0.5", "more: 0.75"), 4));
  const refused = await runTraining(other, { backend: backend.value, resume });
  const notes = refused.ok ? [] : refused.diagnostics.flatMap((one) => one.notes);
  expect(notes.join("\n")).toContain("`data.scale.more` was 0.5 and is 0.75");
});

test("a study of folds prepares with them", async () => {
  const studied = await study(fileOf(ALL, 1), { data, catalog, folds: 3 });
  expect(studied.runs.map(({ record }) => record.splits.test?.rows)).toEqual([20, 20, 20]);
  expect(await studied.predict({ day: 1, size: 3, colour: "red" })).toEqual({ y: expect.any(Number) });
  await studied.dispose();
});

describe("what tells of a file takes the catalog", () => {
  const { model } = projectOf(fileOf(ALL));
  if (model === undefined) throw new Error("the file is sound");

  test("explain", () => {
    expect(explain(model, { catalog }).totals.parameters).toBe((4 + 1) * 6 + 7);
  });

  test("the resolved text, which gives the same model again", () => {
    const resolved = resolvedText(model, { catalog });
    expect(resolved).toContain('scale: shifted(more: 0.5, note: "a \\"quoted\\" remark")');
    expect(resolved).toContain("split: every(train: 0.6, validation: 0.2, test: 0.2)");
    const again = projectOf(resolved);
    expect(again.diagnostics).toEqual([]);
    expect(resolvedText(again.model ?? model, { catalog })).toBe(resolved);
  });

  test("a diff", () => {
    const other = projectOf(fileOf(ALL.replace("fixed(2)", "fixed(4)"))).model;
    expect(diffModels(model, other ?? model, { catalog }).settings).toEqual([
      { path: "data.missing.value", before: "2", after: "4" },
    ]);
  });

  test("schemas and help", () => {
    const { $defs } = schemaOf("model", { catalog });
    expect($defs).toMatchObject({
      "encoder.shifted": {},
      "column.weekday": {},
      "missing.fixed": {},
      "splitter.every": {},
    });
    expect(
      helpFor("every", { catalog })
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(["checkpoint", "splitter"]);
    expect([helpFor("every"), schemaOf("model")]).not.toContainEqual(
      expect.objectContaining({ name: "every" }),
    );
    const misspelt: object = { catalogue: catalog };
    expect(() => schemaOf("model", misspelt)).toThrow("NW0911");
  });
});

test("a type of words that leaves the encoder open has that of words, as wide as the table makes it", () => {
  const tag = defineColumnType({
    ...described,
    name: "tag",
    doc: "A word.",
    params: {},
    takes: "words",
    contract: () => ({ values: null }),
    encoder: () => null,
    missing: () => null,
  });
  const known = extendCatalog({ column: [tag] });
  const { model, prepared, diagnostics } = projectOf(
    fileOf("features: colour columns { colour: tag }"),
    known,
  );
  expect(diagnostics).toEqual([]);
  expect(prepared?.encoders.fitted.features[0]).toMatchObject({
    encoder: "one_hot",
    params: { words: ["green", "red"], unknown: "error" },
  });
  expect(model?.inputs.map(({ type }) => type)).toEqual([numbersOf([2])]);
});

test("an encoder that learns what JSON does not hold finds out when it has learned", async () => {
  const forgetful = defineScaling<{ readonly by: Float64Array }>()({
    ...described,
    name: "forgetful",
    doc: "Keeps an array.",
    params: {},
    range: () => ({ min: null, max: null }),
    fit: () => ({ by: Float64Array.of(2) }),
    read: ({ by }) => (by instanceof Float64Array ? { by } : null),
    apply: ({ by }, x) => x * (by[0] ?? 1),
    invert: ({ by }, z) => z / (by[0] ?? 1),
    steps: () => ({ apply: [{ kind: "multiply", by: 2 }], invert: [{ kind: "divide", by: 2 }] }),
  });
  const known = extendCatalog({ encoder: [forgetful] });
  const found = projectOf(fileOf("features: [size] scale: forgetful"), known).diagnostics;
  expect(found.map(({ code }) => code)).toContain("NW0635");
});

describe("mistakes have their places", () => {
  const codes = (settings: string, known?: typeof catalog) =>
    projectOf(fileOf(settings), known).diagnostics.map(({ code, message }) => `${code} ${message}`);

  test("arguments, values and unknown names", () => {
    expect(codes("scale: shifted(less: 1)", catalog)[0]).toBe("NW0301 shifted has no parameter `less`");
    expect(codes("features: [size] split: every(train: 90%)", catalog)[0]).toContain("NW0604 the shares");
    expect(codes("features: [size] split: evry", catalog)[0]).toBe("NW0206 unknown splitter `evry`");
    expect(codes("features: [day] columns { day: weekday(days: five) }", catalog)[0]).toContain("NW0633");
    expect(codes("columns { colour: category(missing: fixed) }", catalog)[0]).toContain("NW0648");
    expect(codes("scale: halves", catalog)[0]).toContain("NW0648");
    expect(codes("features: [size] scale: cyclic", catalog)).toEqual([
      "NW0648 Column `y` is a target, and what the encoder `cyclic` makes of a number cannot be turned back.",
    ]);
  });

  test("without the catalog they are names that nobody has", () => {
    const own = extendCatalog({});
    expect(codes(ALL, own).map((line) => line.slice(0, 6))).toEqual(expect.arrayContaining(["NW0206"]));
  });

  test("a splitter that deals a row out twice ends the training", () => {
    const twice = defineSplitter({
      ...described,
      name: "twice",
      doc: "Wrong.",
      params: {},
      shares: () => ({ train: 0.5, validation: 0.25, test: 0.25 }),
      deal: ({ groups }) => {
        const all = Int32Array.from(groups.keys());
        return { train: all, validation: all, test: all };
      },
    });
    const known = extendCatalog({ splitter: [twice] });
    expect(() => projectOf(fileOf("features: [size] split: twice"), known)).toThrow("twice");
  });
});

describe("names", () => {
  test.each(["encoder", "column", "missing", "splitter"])("that a %s cannot have", (family) => {
    const taken = { encoder: "zscore", column: "number", missing: "mean", splitter: "fold" }[family];
    const additions: object = { [family]: [{ ...fixed, name: taken }] };
    expect(() => extendCatalog(additions)).toThrow(`there is ${family === "encoder" ? "an" : "a"} ${family}`);
    const spaced: object = { [family]: [{ ...fixed, name: "two words" }] };
    expect(() => extendCatalog(spaced)).toThrow("is no name of");
  });
});
