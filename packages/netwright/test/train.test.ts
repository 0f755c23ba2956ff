// The public API end to end: train, predict, evaluate, save, load.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { load, NetwrightError, type SavableModel, train } from "netwright";
import { csv, points, source } from "./support.ts";

const options = { backend: "reference", data: csv } as const;

let folder = "";
let model: SavableModel;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "netwright-"));
  model = await train(source, options);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("training learns the function and meets its expectation", () => {
  expect(model.status).toBe("completed");
  expect(model.history).toHaveLength(30);
  expect(model.metrics.test?.["r2"]).toBeGreaterThan(0.9);
  expect(model.expectations).toEqual([
    { text: "test.r2 > 0.9", value: model.metrics.test?.["r2"], passed: true },
  ]);
});

test("a record gives a record, a list a list", async () => {
  const [one, two] = await model.predict([
    { a: 1, b: 2 },
    { b: -3, a: 0.5 },
  ]);
  expect(await model.predict({ b: 2, a: 1 })).toEqual(one);
  expect(two?.["y"]).toBeCloseTo(2 * 0.5 + 3 - 0.15, 0);
  expect(await model.predict([])).toEqual([]);
});

test("many rows are predicted as each one alone", async () => {
  const inputs = Array.from({ length: 300 }, (_, i) => ({ a: (i % 19) / 2 - 4, b: (i % 7) - 3 }));
  const all = await model.predict(inputs);
  for (const i of [0, 31, 255, 256, 299]) expect(all[i]).toEqual(await model.predict(inputs[i] ?? {}));
});

describe("input of a prediction", () => {
  test.each([
    ["a missing feature", { a: 1 }, /`b`/],
    ["a value outside of the contract", { a: 11, b: 0 }, /10/],
    ["not a number", { a: Number.NaN, b: 0 }, /`a`/],
  ])("%s is refused", async (_, input, message) => {
    await expect(model.predict(input)).rejects.toThrow(NetwrightError);
    await expect(model.predict(input)).rejects.toThrow(message);
  });
});

test("evaluate gives the metrics of labelled rows", async () => {
  const ofText = await model.evaluate(csv);
  expect(ofText["mae"]).toBeLessThan(1);
  expect(await model.evaluate(points.map((point) => ({ ...point })))).toEqual(ofText);
});

test("a saved run predicts the same after loading", async () => {
  const directory = await model.save(folder);
  expect(directory).toContain(model.record.hash.run.slice(0, 12));
  const loaded = load(directory, { backend: "reference" });
  const input = { a: 2, b: -1 };
  expect(await loaded.predict(input)).toEqual(await model.predict(input));
  const record: unknown = JSON.parse(readFileSync(join(directory, "record.json"), "utf8"));
  expect(record).toMatchObject({ name: "model", seed: 3, status: "completed", hash: model.record.hash });
  expect(readFileSync(join(directory, "history.jsonl"), "utf8").trim().split("\n")).toHaveLength(30);
  await loaded.dispose();
});

test("a run that is not there is refused", async () => {
  await expect(load(join(folder, "nothing")).predict({ a: 1, b: 1 })).rejects.toThrow(NetwrightError);
});

describe.each(["reference", "wasm"])("%s", (backend) => {
  test("the same text, data and seed give the same weights; another seed gives others", async () => {
    const hash = async (seed: number) =>
      (await train(source, { backend, data: csv, epochs: 3, seed })).record.hash.weights;
    expect(await hash(3)).toBe(await hash(3));
    expect(await hash(4)).not.toBe(await hash(3));
  }, 30_000);
});

test("wasm follows the reference", async () => {
  const wasm = await train(source, { backend: "wasm", data: csv });
  for (const [i, line] of model.history.entries()) {
    expect(wasm.history[i]?.loss).toBeCloseTo(line.loss, 3);
  }
  const input = { a: 3, b: 1 };
  const [expected, found] = [await model.predict(input), await wasm.predict(input)];
  expect(found["y"]).toBeCloseTo(Number(expected["y"]), 2);
});

test("settings are overridden as on the command line", async () => {
  const small = await train(source, { ...options, set: { "train.batch": 50 }, epochs: 2, seed: 9 });
  expect(small.record).toMatchObject({
    seed: 9,
    epochs: { planned: 2, completed: 2 },
    overrides: { "train.batch": "50", "train.epochs": "2", "train.seed": "9" },
  });
});

test("an abort ends training with the weights so far", async () => {
  const abort = new AbortController();
  const stopped = await train(source, {
    ...options,
    signal: abort.signal,
    onEpoch: ({ epoch }) => {
      if (epoch === 4) abort.abort();
    },
  });
  expect(stopped.status).toBe("interrupted");
  expect(stopped.history).toHaveLength(4);
});

test("a loss that is not finite rejects with layer and cause", async () => {
  const diverging = source.replace("adam(learning_rate: 0.02)", "sgd(learning_rate: 1e30)");
  await expect(train(diverging, options)).rejects.toThrow(/NW0801[\s\S]*learning rate/);
});

test.each(["houses.csv", "data/my houses.tsv", " table.xlsx\n"])(
  "a table in place of a file, %j",
  async (path) => {
    const error: unknown = await train(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ diagnostics: [{ code: "NW0628" }] });
    expect(String(error)).toContain(`netwright init ${path.trim()}`);
  },
);
