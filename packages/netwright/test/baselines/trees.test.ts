// Boosted trees: those of the library where it is installed, which is a development dependency, and what is made of a library
// that is absent, another one, or fails.

import { expect, test } from "@jest/globals";
import type { TargetKind } from "@netwright/definitions";
import { baseline } from "netwright";
import type { KnownRows } from "../../src/baselines/known-rows.ts";
import { fitTrees, type TreeColumns, type TreeLibrary } from "../../src/baselines/trees.ts";
import { loadTrees } from "../../src/node/trees/load-trees.ts";

const library = await loadTrees();
if ("why" in library) console.warn("left out: ydf-training is not installed");
const whereItIs = "why" in library ? test.skip : test;
const trees = (): TreeLibrary => {
  if ("why" in library) throw new Error(library.why);
  return library;
};

/** A column that says all, and one that says nothing. */
function known(y: readonly (readonly number[])[]): KnownRows {
  const rows = y.length;
  const values = Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? i / 2 + 1 : 1 + (i % 5)));
  return {
    x: {
      rows,
      width: 2,
      starts: Int32Array.from({ length: rows + 1 }, (_, i) => 2 * i),
      places: Int32Array.from({ length: 2 * rows }, (_, i) => i % 2),
      values,
    },
    y: Float64Array.from(y.flat()),
    outputs: y[0]?.length ?? 0,
    weights: null,
  };
}

function predicted(own: TreeLibrary, kind: TargetKind, rows: KnownRows): number[][] {
  const fitted = fitTrees(rows, kind, own);
  if ("why" in fitted) throw new Error(fitted.why);
  const all = [...fitted.predict(rows.x)];
  fitted.dispose();
  return Array.from({ length: rows.x.rows }, (_, i) => all.slice(i * rows.outputs, (i + 1) * rows.outputs));
}

const listeners = () =>
  process.listenerCount("uncaughtException") + process.listenerCount("unhandledRejection");

whereItIs("numbers, one model for each column; the same twice", () => {
  const y = Array.from({ length: 200 }, (_, i) => [i > 99 ? 3 : -3, 7]);
  const found = predicted(trees(), "number", known(y));
  expect(found[10]?.[0]).toBeCloseTo(-3, 1);
  expect(found[190]?.[0]).toBeCloseTo(3, 1);
  // A column that is always the same is predicted without a model.
  expect(found.every(([, same]) => same === 7)).toBe(true);
  expect(predicted(trees(), "number", known(y))).toEqual(found);
});

whereItIs("classes in their own order, of two and of more, rare ones too", () => {
  const of = (classes: readonly number[], count: number) =>
    classes.map((one) => Array.from({ length: count }, (_, j) => (j === one ? 1 : 0)));
  const rows = Array.from({ length: 200 }, (_, i) => i);
  const two = rows.map((i) => (i > 60 ? 0 : 1));
  const three = rows.map((i) => (i < 4 ? 2 : i > 150 ? 0 : 1));
  for (const [classes, count] of [
    [two, 2],
    [three, 3],
    // None of the rows is of the last.
    [two, 3],
  ] as const) {
    const found = predicted(trees(), "class", known(of(classes, count)));
    for (const row of [20, 100, 180]) {
      expect(found[row]?.indexOf(Math.max(...(found[row] ?? [])))).toBe(classes[row]);
      expect(found[row]?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    }
  }
  expect(predicted(trees(), "class", known(of(new Array(20).fill(1), 2)))[0]).toEqual([0, 1]);
});

whereItIs("labels, each by itself, and counts, which are none below 0", () => {
  const y = Array.from({ length: 200 }, (_, i) => [i > 99 ? 1 : 0, i < 30 ? 1 : 0]);
  const found = predicted(trees(), "labels", known(y));
  expect([found[10], found[60], found[150]].map((row) => row?.map(Math.round))).toEqual([
    [0, 1],
    [0, 0],
    [1, 0],
  ]);
  const counts = predicted(
    trees(),
    "count",
    known(Array.from({ length: 200 }, (_, i) => [i > 150 ? 90 : 0])),
  );
  expect(Math.min(...counts.flat())).toBeGreaterThanOrEqual(0);
});

whereItIs("it leaves no handlers of the process behind, and writes nothing", async () => {
  const before = listeners();
  expect("why" in (await loadTrees())).toBe(false);
  expect(listeners()).toBe(before);
});

whereItIs("stand in the table of a file", async () => {
  const rows = Array.from({ length: 120 }, (_, i) => ({
    a: i % 12,
    b: i % 10,
    y: i % 12 > 5 ? 10 + (i % 10) : 0,
  }));
  const net = `netwright 1
data d { source: "d.csv", target: y }
model { dense(outputs) }
train { loss: mse }
`;
  const { models, leftOut } = await baseline(net, { data: rows });
  expect(models.map(({ name }) => name)).toEqual(["constant", "linear", "neighbours", "trees"]);
  expect(models[3]?.test?.["r2"]).toBeGreaterThan(0.8);
  expect(leftOut).toEqual([]);
});

test("without the library there is a line that says how to add it", async () => {
  const missing = Object.assign(new Error("Cannot find package 'ydf-training' imported from here"), {
    code: "ERR_MODULE_NOT_FOUND",
  });
  expect(await loadTrees(() => Promise.reject(missing))).toEqual({
    why: "they need the package `ydf-training` where Netwright is installed: `npm install ydf-training`",
  });
});

test("a library that fails, or is another one, is told of", async () => {
  const broken = await loadTrees(() => Promise.reject(new Error("no memory\nat line 3")));
  expect(broken).toEqual({ why: "`ydf-training` is installed and could not be loaded: no memory" });
  for (const module of [{ default: () => ({}) }, {}, { default: 3 }, null]) {
    const other = await loadTrees(() => Promise.resolve(module));
    expect(other).toEqual({
      why: "`ydf-training` is installed and could not be loaded: it is not the library that it was",
    });
  }
});

/** Learns nothing, and keeps what it was given. */
function playedTrees() {
  const given: { readonly task: string; readonly columns: TreeColumns }[] = [];
  class GradientBoostedTreesLearner {
    readonly task: string;
    constructor(_: string, task: string) {
      this.task = task;
    }
    train(columns: TreeColumns) {
      given.push({ task: this.task, columns });
      return {
        predict: (own: TreeColumns) => new Array(own["f0"]?.length ?? 0).fill(-1),
        getLabelClasses: () => ["0", "1"],
        unload: () => {},
      };
    }
  }
  return { given, GradientBoostedTreesLearner };
}

test("learns of a part of the rows where all would take too long, or not at all", () => {
  const played = playedTrees();
  const rows = known(Array.from({ length: 900 }, (_, i) => [i]));
  expect(fitTrees(rows, "number", played, 1400)).toMatchObject({ rows: 700 });
  expect(played.given[0]?.columns["f0"]).toHaveLength(700);
  expect(fitTrees(rows, "number", played, 900)).toEqual({ why: expect.stringContaining("takes too long") });
});

test("what it cannot be told it is not asked", () => {
  const played = playedTrees();
  const rows = known([[1], [2], [3]]);
  const weighted = { ...rows, weights: Float64Array.of(1, 2, 1) };
  expect(fitTrees(weighted, "number", played)).toEqual({ why: expect.stringContaining("count differently") });
  expect(fitTrees(rows, "distribution", played)).toEqual({
    why: expect.stringContaining("shares of a whole"),
  });
  expect(played.given).toEqual([]);
  expect(predicted(played, "count", rows)).toEqual([[0], [0], [0]]);
});
