// Columns of every kind and what comes out, through the module beside the network: it is as strict as `predict`.

import { describe, expect, test } from "@jest/globals";
import { columns, data, features } from "../any-rows.ts";
import { noise, portable } from "../portable.ts";
import { answered, apart, given, moduleIn, opened, written } from "./run.ts";

export const fileOf = (target: string, loss: string, more = "") => `netwright 1
data t { source: "t.csv", target: ${target}, features: [${features}]
  columns {${columns}
    ${more}
  }
}
model { dense(5, tanh) -> dense(outputs) }
train { loss: ${loss}, optimizer: adam(0.01), epochs: 3, batch: 32 }
`;

describe("columns and targets", () => {
  test.each([
    ["y", "mse", ""],
    ["y", "mse", "y: number(scale: log1p)"],
    ["[y, z]", "mse", "z: number(scale: smooth_clip)"],
    ["[y, z]", "mse", ""],
    ["two", "binary_cross_entropy", ""],
    ["two", "binary_cross_entropy, threshold: best(f1)", ""],
    ["three", "cross_entropy", ""],
    ["two", "hinge", ""],
    ["tags", "multi_label_cross_entropy", "tags: labels"],
  ])("%s by %s %s", async (target, loss, more) => {
    const model = await portable(fileOf(target, loss, more), data);
    const { difference, others } = apart(model, await answered(model, model.samples.rows));
    expect(others).toBe(0);
    expect(difference).toBeLessThan(1e-5);
    const beside = await moduleIn(await written(model));
    expect(model.samples.refused.length).toBeGreaterThan(5);
    for (const row of model.samples.refused)
      expect(() => beside.inputs([row.values])).toThrow(`row 0, column "${row.column}"`);
  });
});

test("a word as an index, and its embedding", async () => {
  const model = await portable(
    `netwright 1
data t { source: "t.csv", target: y, features: [n, place, word]
  columns { n: number(missing: mean), place: category(encoder: ordinal(unknown: other)), word: category(encoder: ordinal, missing: own_class) }
}
model { parallel { a { input(x) } b { input(place) -> embedding(3) } c { input(word) -> embedding(2) } } -> concat -> dense(6, relu) -> dense(1) }
train { loss: mse, optimizer: adam(0.01), epochs: 3, batch: 32 }
`,
    data,
  );
  expect(apart(model, await answered(model, model.samples.rows)).difference).toBeLessThan(1e-5);
});

test("windows", async () => {
  const series = Array.from({ length: 90 }, (_, i) => ({
    t: i,
    a: noise(i, 3) * 100,
    w: i % 7 < 5 ? "work" : "rest",
    y: noise(i, 5),
  }));
  const model = await portable(
    `netwright 1
data t { source: "t.csv", target: y, window { length: 4, horizon: 1, order: t }
  columns { w: category } }
model { lstm(3) -> dense(1) }
train { loss: mse, optimizer: adam(0.01), epochs: 1, batch: 16 }
`,
    series,
  );
  expect(apart(model, await answered(model, model.samples.rows)).difference).toBeLessThan(1e-5);
});

test("a raw input is what the network takes", async () => {
  const model = await portable(fileOf("three", "cross_entropy"), data);
  const files = await written(model, { rawInput: true });
  expect(files.map(({ name }) => name)).toEqual(["model.json", "weights.bin"]);
  const x = Float32Array.from(model.samples.inputs.get("x") ?? []);
  const shares = await given(files, [{ name: "x", shape: [40, x.length / 40], data: x }]);
  for (const [i, share] of model.samples.given.entries()) expect(shares[i]).toBeCloseTo(share, 5);
  expect((await opened(files)).inputNames).toEqual(["x"]);
});
