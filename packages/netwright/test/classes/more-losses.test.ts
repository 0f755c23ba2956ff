// Margins of two classes, shares of a whole and directions: from the file to predictions, a saved run, a study and an export.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { InputRecord } from "@netwright/data";
import { exportWasm, load, NetwrightError, type SavableModel, study, train } from "netwright";

const folder = mkdtempSync(join(tmpdir(), "netwright-losses-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const problemsOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NetwrightError)) throw new Error("nothing was refused");
  return error.diagnostics;
};
const codesOf = async (promise: Promise<unknown>) =>
  (await problemsOf(promise)).map(({ code, message }) => `${code} ${message}`);

/** Numbers that look random, the same every time. */
const noise = (i: number) => ((i * 7919) % 1009) / 1009;

interface Parts {
  readonly target: string;
  readonly loss: string;
  readonly columns?: string;
  readonly data?: string;
  readonly last?: string;
  readonly more?: string;
  readonly expect?: string;
}

const fileOf = (parts: Parts) => {
  const { target, loss, columns = "", data = "", last = "dense(outputs)", more = "", expect = "" } = parts;
  return `netwright 1
data table {
  source: "table.csv"
  target: ${target}
  columns { ${columns} }
  ${data}
  split: { train: 60%, validation: 20%, test: 20% }
}
model { dense(6, tanh) -> ${last} }
train { loss: ${loss}, optimizer: adam(learning_rate: 0.03), epochs: 40, batch: 16, ${more} }
expect { ${expect} }
`;
};

const sameBits = async (text: string, data: readonly InputRecord[]) => {
  const [jit, reference] = await Promise.all(
    ["jit", "reference"].map((backend) => train(text, { backend, data: data.slice(0, 60), epochs: 3 })),
  );
  expect(reference?.record.hash.weights).toBe(jit?.record.hash.weights);
  expect(reference?.metrics).toEqual(jit?.metrics);
};

const sameWhenSaved = async (model: SavableModel, rows: readonly InputRecord[]) => {
  const again = await load(await model.save(folder), { backend: "reference" });
  expect(await again.predict(rows)).toEqual(await model.predict(rows));
  expect(await again.evaluate(rows)).toEqual(await model.evaluate(rows));
};

const openedExport = async (model: SavableModel) => {
  const { js, wasm } = await exportWasm(model.bundle);
  const { load: open } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  return open(wasm);
};

describe("hinge", () => {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const x = (i % 40) / 10;
    return { x, late: x + noise(i) > 2.5 ? "yes" : "no" };
  });
  const parts = { target: "late", loss: "hinge" };
  const text = fileOf({ ...parts, expect: "test.accuracy > 80% test.roc_auc > 0.9" });

  test("predicts the class, and no probability", async () => {
    const model = await train(text, { backend: "jit", data: rows });
    await sameBits(text, rows);
    expect(model.expectations.map(({ passed }) => passed)).toEqual([true, true]);
    expect(await model.predict([{ x: 0 }, { x: 3.9 }])).toEqual([{ late: "no" }, { late: "yes" }]);
    const measured = Object.keys(model.metrics.test ?? {});
    expect(measured).toEqual(expect.arrayContaining(["accuracy", "f1", "roc_auc"]));
    expect(measured).not.toContain("log_loss");
    await sameWhenSaved(model, rows.slice(0, 30));
    const exported = await openedExport(model);
    expect([0, 3.9].map((x) => exported.predict({ x }).late)).toEqual(["no", "yes"]);
  });

  test("in a study each run has a vote", async () => {
    const many = await study(text, { backend: "jit", data: rows, seeds: 3 });
    expect(await many.predict([{ x: 0 }, { x: 3.9 }])).toEqual([{ late: "no" }, { late: "yes" }]);
    await many.dispose();
  });

  test.each([
    ["a threshold", { ...parts, more: "threshold: 0.3" }, /^NW0719 `threshold` is a probability/],
    ["a rule for one", { ...parts, more: "threshold: best(f1)" }, /^NW0719/],
    ["a metric of probabilities", { ...parts, expect: "test.brier_score < 1" }, /^NW0719 `brier_score`/],
    ["a metric of numbers", { ...parts, expect: "test.r2 > 0" }, /^NW0706/],
    ["another width", { ...parts, last: "dense(2)" }, /^NW0402/],
    ["numbers", { ...parts, columns: "late: number" }, /^NW0707/],
  ])("%s is refused", async (_, wrong, message) => {
    expect((await codesOf(train(fileOf(wrong), { data: rows })))[0]).toMatch(message);
  });

  test("three classes are refused", async () => {
    const three = rows.map((row, i) => (i % 3 === 0 ? { ...row, late: "perhaps" } : row));
    expect((await codesOf(train(text, { data: three })))[0]).toMatch(/^NW0714 `hinge` is for 2 classes/);
  });
});

describe("kl_divergence", () => {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const x = (i % 40) / 10;
    const parts = [Math.exp(x / 2), 2, i % 7 === 0 ? 0 : 1 + noise(i)];
    const [sand = 0, clay = 0, silt = 0] = parts.map((part) => part / parts.reduce((a, b) => a + b));
    return { x, sand, clay, silt };
  });
  const parts = { target: "[sand, clay, silt]", loss: "kl_divergence" };
  const text = fileOf({ ...parts, expect: "test.kl_divergence < 0.2 test.mae < 0.2" });

  test("predicts shares under the names of their columns, which sum to 1", async () => {
    const model = await train(text, { backend: "jit", data: rows });
    await sameBits(text, rows);
    expect(model.expectations.map(({ passed }) => passed)).toEqual([true, true]);
    const predictions = await model.predict(rows.slice(0, 30));
    for (const { sand, clay, silt, ...others } of predictions) {
      expect(others).toEqual({});
      expect(Number(sand) + Number(clay) + Number(silt)).toBeCloseTo(1, 6);
    }
    expect(model.bundle.model.encoders?.target[0]).toMatchObject({ encoder: "none", contract: { min: 0 } });
    await sameWhenSaved(model, rows.slice(0, 30));
    expect((await openedExport(model)).predict({ x: rows[3]?.x })).toEqual(predictions[3]);
    const many = await study(text, { backend: "jit", data: rows, seeds: 2 });
    const { sand, clay, silt } = await many.predict({ x: 1 });
    expect(Number(sand) + Number(clay) + Number(silt)).toBeCloseTo(1, 6);
    await many.dispose();
  });

  test.each([
    [
      "too little",
      { sand: 0.1, clay: 0.1, silt: 0.1 },
      /^NW0668 In row 8 of .*, `sand`, `clay` and `silt` sum to 0.3,/,
    ],
    ["too much, of percentages", { sand: 20, clay: 30, silt: 50 }, /^NW0668 .* sum to 100,/],
    [
      "a share below 0",
      { sand: -0.2, clay: 0.6, silt: 0.6 },
      /^NW0633 .*`sand` is -0.2, below the minimum of 0/,
    ],
  ])("%s is refused, in training and evaluation", async (_, change, message) => {
    const wrong = rows.map((row, i) => (i === 7 ? { ...row, ...change } : row));
    const problems = await problemsOf(train(text, { data: wrong }));
    expect(problems.map(({ code, message: said }) => `${code} ${said}`)[0]).toMatch(message);
    if (change.silt === 50) expect(problems[0]?.notes.join(" ")).toContain("divide them by 100");
    const model = await train(text, { backend: "jit", data: rows, epochs: 1 });
    expect((await codesOf(model.evaluate(wrong)))[0]).toMatch(message);
  });

  test("shares that are rounded to hundredths are taken", async () => {
    const rounded = rows.map((row) => ({
      ...row,
      sand: 0.33,
      clay: 0.33,
      silt: 0.33 + (row.x > 2 ? 0.02 : 0),
    }));
    await expect(train(text, { backend: "jit", data: rounded, epochs: 1 })).resolves.toBeDefined();
  });

  test.each([
    ["one column", { ...parts, target: "sand" }, /^NW0707 `kl_divergence` is for several columns/],
    ["a scale", { ...parts, columns: "sand: number(scale: minmax)" }, /^NW0648 .*is a share of a whole/],
    ["words", { ...parts, columns: "sand: category" }, /^NW0707/],
    ["another width", { ...parts, last: "dense(2)" }, /^NW0402/],
    ["a metric of directions", { ...parts, expect: "test.cosine_similarity > 0" }, /^NW0706/],
  ])("%s is refused", async (_, wrong, message) => {
    expect((await codesOf(train(fileOf(wrong), { data: rows })))[0]).toMatch(message);
  });
});

describe("cosine_similarity", () => {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const x = (i % 40) / 10;
    const length = 1 + 50 * noise(i);
    return { x, east: length * Math.cos(x / 2), north: length * Math.sin(x / 2 + 0.1 * noise(i + 7)) };
  });
  const parts = { target: "[east, north]", loss: "cosine_similarity" };
  const text = fileOf({ ...parts, expect: "test.cosine_similarity > 0.95" });

  test("predicts a vector of length 1 that points the way", async () => {
    const model = await train(text, { backend: "jit", data: rows });
    await sameBits(text, rows);
    expect(model.expectations[0]?.passed).toBe(true);
    expect(Object.keys(model.metrics.test ?? {})).toEqual(["cosine_similarity"]);
    const predictions = await model.predict(rows.slice(0, 30));
    for (const { east, north, ...others } of predictions) {
      expect(others).toEqual({});
      expect(Math.hypot(Number(east), Number(north))).toBeCloseTo(1, 6);
    }
    expect(Number(predictions[0]?.["east"])).toBeGreaterThan(0.9);
    await sameWhenSaved(model, rows.slice(0, 30));
    expect((await openedExport(model)).predict({ x: rows[3]?.x })).toEqual(predictions[3]);
  });

  test("a row of zeros is refused, in training and evaluation", async () => {
    const wrong = rows.map((row, i) => (i === 7 || i === 9 ? { ...row, east: 0, north: 0 } : row));
    const [problem] = await problemsOf(train(text, { data: wrong }));
    expect(problem).toMatchObject({ code: "NW0669" });
    expect(problem?.message).toMatch(/`east` and `north` are all 0, which is no direction/);
    expect(problem?.notes[0]).toMatch(/Likewise in one other row/);
    const model = await train(text, { backend: "jit", data: rows, epochs: 1 });
    expect((await codesOf(model.evaluate(wrong)))[0]).toMatch(/^NW0669/);
  });

  test.each([
    [
      "one column",
      { ...parts, target: "east" },
      /^NW0707 `cosine_similarity` is for the direction of several/,
    ],
    ["a scale", { ...parts, columns: "north: number(scale: zscore)" }, /^NW0648 .*is part of a direction/],
    ["another width", { ...parts, last: "dense(3)" }, /^NW0402/],
    [
      "a metric of numbers",
      { ...parts, expect: "test.r2 > 0" },
      /^NW0706 `r2` says nothing about directions/,
    ],
  ])("%s is refused", async (_, wrong, message) => {
    expect((await codesOf(train(fileOf(wrong), { data: rows })))[0]).toMatch(message);
  });
});
