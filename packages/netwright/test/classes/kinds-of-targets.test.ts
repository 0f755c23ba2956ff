// Counts, classes in an order and several quantiles: from the file to predictions, a saved run, a study and an export.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { InputRecord } from "@netwright/data";
import { exportWasm, load, NetwrightError, type SavableModel, study, train } from "netwright";

const folder = mkdtempSync(join(tmpdir(), "netwright-kinds-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const codesOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NetwrightError)) throw new Error("nothing was refused");
  return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
};

/** Numbers that look random, the same every time. */
const noise = (i: number) => ((i * 7919) % 1009) / 1009;

interface Parts {
  readonly target: string;
  readonly loss: string;
  readonly columns?: string;
  readonly data?: string;
  readonly expect?: string;
}

const fileOf = ({ target, loss, columns = "", data = "", expect = "" }: Parts) => `netwright 1
data table {
  source: "table.csv"
  target: ${target}
  columns { ${columns} }
  ${data}
  split: { train: 60%, validation: 20%, test: 20% }
}
model { dense(6, tanh) -> dense(outputs) }
train { loss: ${loss}, optimizer: adam(learning_rate: 0.03), epochs: 40, batch: 16 }
expect { ${expect} }
`;

const sameBits = async (text: string, data: readonly InputRecord[]) => {
  const [jit, reference] = await Promise.all(
    ["jit", "reference"].map((backend) => train(text, { backend, data: data.slice(0, 60), epochs: 3 })),
  );
  expect(reference?.record.hash.weights).toBe(jit?.record.hash.weights);
  expect(reference?.metrics).toEqual(jit?.metrics);
};

const savedAgain = async (model: SavableModel) => load(await model.save(folder), { backend: "reference" });

describe("counts", () => {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const x = (i % 40) / 10;
    return { x, visits: Math.floor(Math.exp(x / 1.3) * 2 * noise(i)) };
  });
  const text = fileOf({ target: "visits", loss: "poisson", expect: "test.poisson_deviance < 4" });

  test("rates are predicted in the unit of the target, by every user of the run", async () => {
    const model = await train(text, { backend: "jit", data: rows });
    await sameBits(text, rows);
    const predictions = await model.predict([{ x: 0 }, { x: 3.9 }]);
    expect(predictions[0]?.["visits"]).toBeGreaterThan(0);
    expect(predictions[1]?.["visits"]).toBeGreaterThan(Number(predictions[0]?.["visits"]) * 3);
    expect(model.bundle.model.encoders?.target[0]).toMatchObject({ encoder: "none", contract: { min: 0 } });
    expect(model.expectations[0]?.passed).toBe(true);
    const again = await savedAgain(model);
    expect(await again.predict(rows.slice(0, 30))).toEqual(await model.predict(rows.slice(0, 30)));
    expect(await again.evaluate(rows.slice(0, 30))).toEqual(await model.evaluate(rows.slice(0, 30)));
    const { js, wasm } = await exportWasm(model.bundle);
    const { load: open } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
    expect((await open(wasm)).predict({ x: 3.9 })).toEqual(predictions[1]);
  });

  test.each([
    ["a number below 0", { visits: -1 }, /^NW0633 .*`visits` is -1, below the minimum of 0/],
    ["a fraction", { visits: 2.5 }, /^NW0663 .*`visits` is 2.5, and a count is a whole number/],
    ["a word", { visits: "many" }, /^NW0630/],
  ])("%s is refused", async (_, change, message) => {
    const wrong = rows.map((row, i) => (i === 7 ? { ...row, ...change } : row));
    expect((await codesOf(train(text, { data: wrong })))[0]).toMatch(message);
    if (change.visits === -1) {
      const model = await train(text, { backend: "jit", data: rows });
      expect((await codesOf(model.evaluate(wrong)))[0]).toMatch(message);
    }
  });

  test("a scaled count and one of words are refused", async () => {
    const scaled = fileOf({ target: "visits", loss: "poisson", columns: "visits: number(scale: minmax)" });
    expect((await codesOf(train(scaled, { data: rows })))[0]).toMatch(/^NW0648 .*is a count/);
    const words = fileOf({ target: "visits", loss: "poisson", columns: "visits: category" });
    expect((await codesOf(train(words, { data: rows })))[0]).toMatch(/^NW0707/);
  });
});

describe("classes in an order", () => {
  const GRADES = ["low", "middle", "high", "top"] as const;
  const rows = Array.from({ length: 200 }, (_, i) => {
    const x = (i % 50) / 10;
    return { x, grade: GRADES[Math.min(Math.floor(x * 0.7 + noise(i) * 0.6), 3)] ?? "low" };
  });
  const columns = 'grade: category(values: ["low", "middle", "high", "top"])';
  const parts = { target: "grade", loss: "ordinal", columns };

  test("one number less than classes, and a probability of each", async () => {
    const text = fileOf({ ...parts, expect: "test.cohen_kappa(weights: quadratic) > 0.7 test.mae < 0.5" });
    const model = await train(text, { backend: "jit", data: rows });
    await sameBits(text, rows);
    expect(model.expectations.map(({ passed }) => passed)).toEqual([true, true]);
    const [low, top] = await model.predict([{ x: 0 }, { x: 4.9 }]);
    expect([low?.["grade"], top?.["grade"]]).toEqual(["low", "top"]);
    expect(Object.keys(low?.["probabilities"] ?? {})).toEqual([...GRADES]);
    const again = await savedAgain(model);
    expect(await again.predict(rows.slice(0, 30))).toEqual(await model.predict(rows.slice(0, 30)));
    expect(await again.evaluate(rows.slice(0, 30))).toEqual(await model.evaluate(rows.slice(0, 30)));
    const { js, wasm } = await exportWasm(model.bundle);
    const { load: open } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
    expect((await open(wasm)).predict({ x: 4.9 })).toEqual(top);
  });

  test.each([
    [
      "without an order",
      { ...parts, columns: "grade: category" },
      /^NW0716 `ordinal` is for classes in an order/,
    ],
    ["without a description", { ...parts, columns: "" }, /^NW0716/],
    ["of numbers", { ...parts, columns: "grade: number" }, /^NW0707/],
    ["with a metric of numbers", { ...parts, expect: "test.r2 > 0" }, /^NW0706/],
  ])("%s it is refused", async (_, wrong, message) => {
    expect((await codesOf(train(fileOf(wrong), { data: rows })))[0]).toMatch(message);
  });
});

describe("several quantiles", () => {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const x = (i % 30) / 10;
    return { x, y: x + (1 + x) * (noise(i) - 0.5) };
  });
  const loss = "quantile(levels: [0.1, 0.5, 0.9])";
  const text = fileOf({ target: "y", loss, expect: "test.pinball(0.9) < 0.3" });

  test("stand beside the middle one, in order, and metrics know them", async () => {
    const model = await train(text, { backend: "jit", data: rows });
    await sameBits(text, rows);
    const predictions = await model.predict(rows);
    let within = 0;
    for (const [i, { y, quantiles }] of predictions.entries()) {
      if (typeof quantiles !== "object") throw new Error("no quantiles");
      expect(Object.keys(quantiles)).toEqual(["0.1", "0.5", "0.9"]);
      const { "0.1": low = 0, "0.5": middle = 0, "0.9": high = 0 } = quantiles;
      expect(low <= middle && middle <= high).toBe(true);
      expect(y).toBe(middle);
      const truth = rows[i]?.y ?? 0;
      if (truth >= low && truth <= high) within++;
    }
    expect(within / rows.length).toBeGreaterThan(0.7);
    expect(within / rows.length).toBeLessThan(0.9);
    expect(model.expectations[0]?.passed).toBe(true);
    const expected = fileOf({ target: "y", loss, expect: "test.pinball(0.9) < 0.3 test.pinball(0.8) > 0" });
    const named = (await train(expected, { backend: "jit", data: rows })).metrics.test ?? {};
    // A level that is not predicted is asked of the middle one.
    expect(named["pinball(quantile: 0.8)"]).not.toBe(named["pinball(quantile: 0.9)"]);
    const again = await savedAgain(model);
    expect(await again.predict(rows.slice(0, 30))).toEqual(predictions.slice(0, 30));
    expect(await again.evaluate(rows.slice(0, 30))).toEqual(await model.evaluate(rows.slice(0, 30)));
  });

  test("are exported as they are predicted, and a study has the mean of each", async () => {
    const model = await train(text, { backend: "jit", data: rows });
    const [prediction] = await model.predict([{ x: 1 }]);
    const { js, wasm, types } = await exportWasm(model.bundle);
    const { load: open } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
    const quantiles = prediction?.["quantiles"];
    if (typeof quantiles !== "object") throw new Error("no quantiles");
    const exported = await open(wasm);
    expect(JSON.stringify(exported.predict({ x: 1 }))).toBe(JSON.stringify(prediction));
    expect(exported.predictMany(rows.slice(0, 300))).toEqual(await model.predict(rows));
    expect(exported.outputs).toMatchObject([{ name: "y", quantiles: [0.1, 0.5, 0.9], middle: 1 }]);
    expect(types).toContain('readonly quantiles: { readonly "0.1": number; ');
    const many = await study(text, { backend: "jit", data: rows, seeds: 2 });
    const together = await many.predict({ x: 1 });
    const each = await Promise.all(many.runs.map((run) => run.predict({ x: 1 })));
    const lows = each.map((one) =>
      typeof one["quantiles"] === "object" ? (one["quantiles"]["0.1"] ?? 0) : 0,
    );
    expect(together["quantiles"]).toMatchObject({ "0.1": ((lows[0] ?? 0) + (lows[1] ?? 0)) / 2 });
    await many.dispose();
  });

  test.each([
    ["quantile(levels: [0.9, 0.1])", "y", /^NW0707 `quantile` wants its `levels` from the least on/],
    ["quantile(levels: [])", "y", /^NW0707 `quantile` has no level/],
    ["quantile(levels: [0.1, 1])", "y", /^NW0304/],
    [
      "quantile(levels: [0.1, 0.9])",
      "[x, y]",
      /^NW0707 `quantile` predicts `levels` of one column, and the target has 2/,
    ],
  ])("%s of %s is refused", async (wrong, target, message) => {
    const data = rows.map((row, i) => ({ ...row, z: i }));
    expect((await codesOf(train(fileOf({ target, loss: wrong }), { data })))[0]).toMatch(message);
  });
});
