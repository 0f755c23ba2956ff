// Intervals and sets beside predictions: learned on the validation rows, kept in the run, applied by all that predicts.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  exportWasm,
  intervalIn,
  load,
  NetwrightError,
  type Prediction,
  type SavableModel,
  setIn,
  study,
  train,
} from "netwright";

const folder = mkdtempSync(join(tmpdir(), "netwright-intervals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Numbers between 0 and 1 that look random, the same every time. */
const noise = (i: number) => ((i * 7919 + 13) % 10007) / 10007;

const fileOf = (target: string, loss: string, more: string, columns = "") => `netwright 1
data table {
  source: "table.csv"
  target: ${target}
  columns { ${columns} }
  split: { train: 40%, validation: 30%, test: 30% }
}
model { dense(8, tanh) -> dense(outputs) }
train { loss: ${loss}, optimizer: adam(learning_rate: 0.02), epochs: 30, batch: 32 }
${more}
`;

const rows = Array.from({ length: 600 }, (_, i) => {
  const x = (i % 60) / 10;
  return { x, y: 3 * x + 4 * noise(i), z: x + noise(i + 7), kind: noise(3 * i) < x / 6 ? "high" : "low" };
});
const only = (...names: readonly (keyof (typeof rows)[number])[]) =>
  rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));

const options = { backend: "jit" } as const;

async function sameAgain(model: SavableModel, given: readonly { readonly x: number }[]) {
  const predictions = await model.predict(given);
  const loaded = await load(await model.save(folder), { backend: "reference" });
  expect(await loaded.predict(given)).toEqual(predictions);
  const { wasm, js, types } = await exportWasm(model.bundle);
  const file = join(mkdtempSync(join(folder, "export-")), "model.mjs");
  writeFileSync(file, js);
  const wrapper: { load(source: object): Promise<{ predictMany(rows: unknown): Prediction[] }> } =
    await import(pathToFileURL(file).href);
  expect((await wrapper.load(wasm)).predictMany(given)).toEqual(predictions);
  return { predictions, types };
}

describe("of one number", () => {
  let model: SavableModel;
  beforeAll(async () => {
    const text = fileOf(
      "y",
      "mse",
      "report { interval: 80% }\nexpect { test.coverage >= 70%\n test.interval_width < 5 }",
    );
    model = await train(text, { ...options, data: only("x", "y") });
  });

  test("as many rows of validation lie inside as the rank says, and about as many of the test", () => {
    const { validation, test: onTest } = model.metrics;
    // 180 rows: the rank is 145, which lies on the end.
    expect(validation?.["coverage"]).toBe(145 / 180);
    expect(onTest?.["coverage"]).toBeGreaterThan(0.7);
    expect(onTest?.["coverage"]).toBeLessThan(0.9);
    expect(model.expectations.map(({ passed }) => passed)).toEqual([true, true]);
    expect(model.baseline.test).not.toHaveProperty("coverage");
  });

  test("stand beside each prediction, the same of a saved run and of an export", async () => {
    const { predictions, types } = await sameAgain(model, [{ x: 1 }, { x: 4.5 }]);
    for (const one of predictions) {
      const [lower, upper] = intervalIn(one, "y") ?? [0, 0];
      expect((lower + upper) / 2).toBeCloseTo(Number(one["y"]), 12);
      expect(upper - lower).toBeCloseTo(Number(model.metrics.test?.["interval_width"]), 12);
    }
    expect(types).toContain("readonly interval: readonly [lower: number, upper: number];");
    expect(await model.evaluate(only("x", "y"))).toHaveProperty("coverage");
  });

  test("together several runs have the mean of the ends", async () => {
    const text = fileOf("y", "mse", "report { interval: 80% }");
    const found = await study(text, { ...options, data: only("x", "y"), seeds: [1, 2], epochs: 3 });
    const each = await Promise.all(found.runs.map((run) => run.predict({ x: 2 })));
    const [lower, upper] = intervalIn(await found.predict({ x: 2 }), "y") ?? [];
    const mean = (end: 0 | 1) => each.reduce((sum, one) => sum + (intervalIn(one, "y")?.[end] ?? 0), 0) / 2;
    expect([lower, upper]).toEqual([mean(0), mean(1)]);
  });
});

test("of several numbers each has its own, and each is covered", async () => {
  const model = await train(fileOf("[y, z]", "mse", "report { interval: 80% }"), {
    ...options,
    data: only("x", "y", "z"),
  });
  const { predictions } = await sameAgain(model, [{ x: 3 }]);
  const [one = {}] = predictions;
  expect(Object.keys(Object(one["interval"]))).toEqual(["y", "z"]);
  const width = (name: string) => (([lower, upper]) => upper - lower)(intervalIn(one, name) ?? [0, 0]);
  expect(width("y")).toBeGreaterThan(2 * width("z"));
  expect(model.metrics.validation?.["coverage"]).toBe(145 / 180);
});

test("around quantiles they are as wide as these, moved out or in", async () => {
  const wide = rows.map(({ x }, i) => ({ x, y: x * (1 + 4 * noise(i)) }));
  const model = await train(fileOf("y", "quantile(levels: [0.1, 0.5, 0.9])", "report { interval: 80% }"), {
    ...options,
    data: wide,
  });
  expect(model.metrics.validation?.["coverage"]).toBe(145 / 180);
  const { predictions } = await sameAgain(model, [{ x: 1 }, { x: 5 }]);
  const [near, far] = predictions.map((one) => {
    const [lower, upper] = intervalIn(one, "y") ?? [0, 0];
    const { quantiles = {} } = one;
    const levels = Object(quantiles);
    expect(lower - levels["0.1"]).toBeCloseTo(levels["0.9"] - upper, 10);
    return upper - lower;
  });
  expect(Number(far)).toBeGreaterThan(2 * Number(near));
});

describe("scaled by a spread that is learned", () => {
  // What cannot be told grows with x.
  const wide = rows.map(({ x }, i) => ({
    x,
    y: 3 * x + (0.5 + 2 * x) * (noise(i) - 0.5),
    z: x + noise(i + 7),
  }));
  const more = "report { interval: 80% }\nexpect { test.negative_log_likelihood < 3 }";
  const text = (target: string, columns = "") =>
    fileOf(target, "gaussian_nll", more, columns).replace("epochs: 30", "epochs: 60");

  test.each(["", "y: number(scale: log1p, min: -10, clamp: true)", "y: number(scale: power)"])(
    "each row has a width of its own, and as many lie inside as the rank says: %s",
    async (columns) => {
      const data = wide.map(({ x, y }) => ({ x, y }));
      const model = await train(text("y", columns), { ...options, data });
      const { validation, test: onTest } = model.metrics;
      expect(validation?.["coverage"]).toBe(145 / 180);
      expect(onTest?.["coverage"]).toBeGreaterThan(0.7);
      expect(onTest?.["coverage"]).toBeLessThan(0.9);
      expect(onTest?.["negative_log_likelihood"]).toBeLessThan(3);
      expect(model.baseline.test).not.toHaveProperty("negative_log_likelihood");
      const { encoders } = model.bundle.model;
      expect(encoders?.version).toBe(5);
      const { radius } = Object(encoders?.target[0]).interval;
      const { predictions, types } = await sameAgain(model, [{ x: 0.5 }, { x: 5.5 }]);
      const [near, far] = predictions.map((one) => {
        const [lower, upper] = intervalIn(one, "y") ?? [0, 0];
        const spread = Number(Object(one["spread"])["y"]);
        expect((upper - lower) / 2).toBeCloseTo(radius * spread, 10);
        return upper - lower;
      });
      expect(Number(far)).toBeGreaterThan(2 * Number(near));
      expect(types).toContain("readonly spread: { readonly y: number };");
    },
  );

  test("has the same bits on two backends, and two targets a spread each", async () => {
    const trained = (backend: string) => train(text("[y, z]"), { backend, data: wide, epochs: 3 });
    const [jit, reference] = await Promise.all([trained("jit"), trained("reference")]);
    expect(reference.record.hash.weights).toBe(jit.record.hash.weights);
    expect(reference.metrics).toEqual(jit.metrics);
    const { predictions } = await sameAgain(jit, [{ x: 3 }]);
    expect(predictions[0]?.["spread"]).toEqual({ y: expect.any(Number), z: expect.any(Number) });
  });

  test("several runs together have the spread of the mixture, which is measured", async () => {
    const data = wide.map(({ x, y }) => ({ x, y }));
    const found = await study(text("y"), { ...options, data, seeds: [1, 2], epochs: 3 });
    const each = await Promise.all(found.runs.map((run) => run.predict({ x: 2 })));
    const [a = {}, b = {}] = each;
    const spreads = [a, b].map((one) => Number(Object(one["spread"])["y"]));
    const apart = (Number(a["y"]) - Number(b["y"])) / 2;
    const together = await found.predict({ x: 2 });
    const [first = 0, second = 0] = spreads;
    expect(Object(together["spread"])["y"]).toBeCloseTo(
      Math.sqrt((first ** 2 + second ** 2) / 2 + apart ** 2),
      12,
    );
  });
});

describe.each([
  ["members", "members(4) -> member_dense(8, tanh) -> member_dense(outputs)", "spread: members"],
  ["dropout", "dense(16, tanh) -> dropout(20%) -> dense(outputs)", "spread: dropout, samples: 8"],
  [
    "dropout of each member's own",
    "members(2) -> member_dense(8, tanh) -> dropout(by_member([10%, 30%])) -> member_dense(outputs)",
    "spread: dropout, samples: 8",
  ],
  [
    "dropout that members draw",
    "members(3, draw: [drop]) -> member_dense(8, tanh) -> dropout(drop) -> member_dense(outputs)",
    "spread: dropout, samples: 8",
  ],
])("scaled by how far %s are apart", (_, flow, asked) => {
  const more = `report { interval: 80%, ${asked} }\nexpect { test.negative_log_likelihood < 1000000 }`;
  const params = flow.includes("draw:") ? "param drop = 10% in [10%, 20%, 40%]\n" : "";
  const text = fileOf("y", "mse", `${params}${more}`).replace("dense(8, tanh) -> dense(outputs)", flow);
  const data = only("x", "y");
  const given = [{ x: 0.5 }, { x: 5.5 }, { x: 20 }];

  test("as many lie inside as the rank says, the same of a saved run and of an export", async () => {
    const model = await train(text, { ...options, data });
    const { validation, test: onTest } = model.metrics;
    expect(validation?.["coverage"]).toBe(145 / 180);
    expect(onTest?.["coverage"]).toBeGreaterThan(0.7);
    const { predictions } = await sameAgain(model, given);
    const { radius } = Object(model.bundle.model.encoders?.target[0]).interval;
    for (const one of predictions) {
      const [lower, upper] = intervalIn(one, "y") ?? [0, 0];
      const spread = Number(Object(one["spread"])["y"]);
      expect(spread).toBeGreaterThan(0);
      expect((upper - lower) / 2).toBeCloseTo(radius * spread, 9);
    }
  });

  test("a row is predicted alike alone, among others, on any backend and number of threads", async () => {
    const trained = (backend: string, threads?: number) =>
      train(text, { backend, data, epochs: 3, ...(threads === undefined ? {} : { threads }) });
    const [one, two, reference] = await Promise.all([
      trained("jit", 1),
      trained("jit", 2),
      trained("reference"),
    ]);
    expect(two.record.hash.weights).toBe(one.record.hash.weights);
    expect(reference.metrics).toEqual(one.metrics);
    const all = await one.predict([...given, ...data.slice(0, 300)]);
    expect(await two.predict([...given, ...data.slice(0, 300)])).toEqual(all);
    expect(await reference.predict([...given, ...data.slice(0, 300)])).toEqual(all);
    for (const [row, record] of given.entries()) expect(await one.predict(record)).toEqual(all[row]);
  });
});

describe("spreads of 0 are told of", () => {
  const data = only("x", "y");
  const warned = async (flow: string, report: string, seed = 0) => {
    const text = fileOf("y", "mse", report).replace("dense(8, tanh) -> dense(outputs)", flow);
    const model = await train(text, { ...options, data, epochs: 2, seed });
    const { encoders } = model.bundle.model;
    const told = model.warnings.filter(({ code }) => code === "NW0857");
    return {
      interval: Object(encoders?.target[0]).interval,
      told: told.map(({ message, notes }) => [message, ...notes].join(" ")),
    };
  };

  test("where one member is chosen, no interval can be learned", async () => {
    const flow = "members(2, choose: best) -> member_dense(outputs)";
    const { interval, told } = await warned(flow, "report { interval: 90%, spread: members }", 2);
    expect(interval).toBeUndefined();
    expect(told).toEqual([
      expect.stringMatching(
        /^no interval of 90% can be learned .* All 180 spreads of the validation rows are 0\. Of 2 members one predicts/,
      ),
    ]);
    expect((await warned(flow, "report { spread: members }", 2)).told).toEqual([
      expect.stringMatching(/^all 180 spreads of the validation rows are 0/),
    ]);
  });

  test("where nothing is left to drop for some rows, and an interval of the others is learned", async () => {
    // One unit, which lets through nothing of about half of the rows.
    const flow = "dense(1) -> dropout(50%) -> dense(1, relu) -> dense(outputs)";
    const { told } = await warned(flow, "report { interval: 30%, spread: dropout, samples: 4 }");
    expect(told).toEqual([expect.stringMatching(/\d+ of the 180 spreads of the validation rows are 0/)]);
  });

  test("and of all others nothing is said", async () => {
    const flow = "members(2) -> member_dense(outputs)";
    const { interval, told } = await warned(flow, "report { interval: 90%, spread: members }");
    expect(interval).toMatchObject({ scaled: true });
    expect(told).toEqual([]);
  });
});

test("scaled by how far the runs of a study are apart, which is learned of all together", async () => {
  const text = fileOf("y", "mse", "report { interval: 80%, spread: runs }");
  const data = only("x", "y");
  const found = await study(text, { ...options, data, seeds: [1, 2, 3], epochs: 5 });
  const given = data.slice(0, 600);
  const predictions = await found.predict(given);
  const each = await Promise.all(found.runs.map((run) => run.predict(given)));
  let [first, covered] = [Number.NaN, 0];
  for (const [row, one] of predictions.entries()) {
    const numbers = each.map((of) => Number(of[row]?.["y"]));
    const mean = numbers.reduce((a, b) => a + b) / 3;
    const deviation = Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2);
    const [lower = 0, upper = 0] = intervalIn(one, "y") ?? [];
    expect(Number(Object(one["spread"])["y"])).toBeCloseTo(deviation, 9);
    const radius = (upper - lower) / 2 / deviation;
    first = Number.isNaN(first) ? radius : first;
    expect(radius / first).toBeCloseTo(1, 5);
    const { y = 0 } = rows[row] ?? {};
    if (lower <= y && y <= upper) covered++;
  }
  expect(covered / 600).toBeGreaterThan(0.72);
  expect(covered / 600).toBeLessThan(0.88);
  // A run alone has an interval of its own, and no spread.
  expect(Object.keys(each[0]?.[0] ?? {})).toEqual(["y", "interval"]);
});

test("of counts they do not go below 0", async () => {
  const counts = rows.map(({ x }, i) => ({ x, n: Math.floor(x * noise(i)) }));
  const model = await train(fileOf("n", "poisson", "report { interval: 90% }"), { ...options, data: counts });
  const { predictions } = await sameAgain(model, [{ x: 0.1 }]);
  expect(intervalIn(predictions[0] ?? {}, "n")?.[0]).toBe(0);
});

describe("of classes", () => {
  let model: SavableModel;
  beforeAll(async () => {
    const text = fileOf("kind", "cross_entropy", "report { interval: 90% }");
    model = await train(text, { ...options, data: only("x", "kind") });
  });

  test("there is a set, which has both where the model is not sure", async () => {
    const { predictions, types } = await sameAgain(model, [{ x: 0 }, { x: 3 }, { x: 5.9 }]);
    expect(predictions.map(setIn)).toEqual([["low"], ["high", "low"], ["high"]]);
    expect(types).toContain('readonly set: readonly ("high" | "low")[];');
  });

  test("the class is in it as often as was asked for", () => {
    const { validation, test: onTest } = model.metrics;
    // 180 rows: the rank is 163.
    expect(validation?.["coverage"]).toBeGreaterThanOrEqual(163 / 180);
    expect(onTest?.["coverage"]).toBeGreaterThan(0.84);
    expect(onTest?.["set_size"]).toBeGreaterThan(1);
    expect(onTest?.["set_size"]).toBeLessThan(2);
  });
});

describe("calibrated", () => {
  // So few rows, and so many steps, that the network is far too sure.
  const data = rows.map(({ x }, i) => ({
    x,
    w: noise(5 * i),
    kind: noise(11 * i) < 0.75 === x < 3 ? "low" : "high",
  }));
  const text = (report: string, more = "") =>
    fileOf("kind", "cross_entropy", report)
      .replace("dense(8, tanh)", "dense(64, tanh) -> dense(64, tanh)")
      .replace("epochs: 30", `epochs: 200 ${more}`)
      .replace("train: 40%, validation: 30%", "train: 20%, validation: 50%");

  test("probabilities are as likely as they say, and the likeliest class is the same", async () => {
    const [plain, calibrated] = await Promise.all(
      ["", "report { calibration: temperature }"].map((report) => train(text(report), { ...options, data })),
    );
    if (plain === undefined || calibrated === undefined) throw new Error("two runs");
    const target = calibrated.bundle.model.encoders?.target[0];
    expect(Object(target)["temperature"]).toBeGreaterThan(1.5);
    expect(calibrated.bundle.model.encoders?.version).toBe(4);
    const [before, after] = [plain.metrics.test, calibrated.metrics.test];
    expect(after?.["accuracy"]).toBe(before?.["accuracy"]);
    expect(after?.["log_loss"]).toBeLessThan(Number(before?.["log_loss"]));
    await sameAgain(calibrated, data.slice(0, 20));
  });

  test("a threshold and a set go by what is brought in line", async () => {
    const model = await train(
      text("report { calibration: temperature, interval: 80% }", "threshold: best(accuracy)"),
      {
        ...options,
        data,
      },
    );
    const target = Object(model.bundle.model.encoders?.target[0]);
    const { predictions } = await sameAgain(model, data.slice(0, 20));
    for (const one of predictions) {
      const { probabilities } = one;
      const second = Number(Object(probabilities)["low"]);
      expect(one["kind"]).toBe(second >= target.threshold ? "low" : "high");
      expect(setIn(one)?.includes("low")).toBe(second >= target.set.least || one["kind"] === "low");
    }
  });

  test("where all validation rows are told right for sure, nothing is", async () => {
    const sure = rows.map(({ x }) => ({ x, kind: x < 3 ? "low" : "high" }));
    const model = await train(text("report { calibration: temperature }"), { ...options, data: sure });
    if (model.metrics.validation?.["accuracy"] === 1)
      expect(model.bundle.model.encoders?.target[0]).not.toHaveProperty("temperature");
  });
});

test("a target that is called as they are keeps its value", async () => {
  const data = rows.map(({ x, y }) => ({ x, interval: y }));
  const model = await train(fileOf("interval", "mse", "report { interval: 80% }"), {
    ...options,
    data,
    epochs: 2,
  });
  const { predictions } = await sameAgain(model, [{ x: 1 }]);
  expect(predictions).toEqual([{ interval: expect.any(Number) }]);
});

test("too few rows of validation are told at the line, with how many there have to be", async () => {
  const text = fileOf("y", "mse", "report { interval: 99% }");
  const error = await train(text, { ...options, data: only("x", "y").slice(0, 100) }).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NetwrightError)) throw new Error("nothing was refused");
  expect(error.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    "NW0855 an interval of 99% needs 99 validation rows, and there are 30",
  ]);
});

test("weights and predictions are those of the file without it, and the run has a name of its own", async () => {
  const text = (more: string) => fileOf("y", "mse", more);
  const data = only("x", "y");
  const [plain, told] = await Promise.all(
    ["", "report { interval: 80% }"].map((more) => train(text(more), { ...options, data, epochs: 3 })),
  );
  const { run, ...same } = plain?.record.hash ?? {};
  expect(told?.record.hash).toMatchObject(same);
  expect(told?.record.hash.run).not.toBe(run);
  const { interval: _, ...prediction } = (await told?.predict({ x: 2 })) ?? {};
  expect(prediction).toEqual(await plain?.predict({ x: 2 }));
});
