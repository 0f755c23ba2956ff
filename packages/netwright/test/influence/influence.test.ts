// What a column does to predictions: held to what the model itself predicts for rows in which it was changed by hand, and
// for a model that is a straight line to what is known in closed form.

import { beforeAll, describe, expect, test } from "@jest/globals";
import { permutedRows } from "@netwright/data";
import {
  importance,
  NetwrightError,
  numbersIn,
  partialDependence,
  type SavableModel,
  train,
} from "netwright";
import * as browser from "../../src/browser/index.ts";

const text = (parts: {
  readonly target: string;
  readonly model: string;
  readonly train: string;
}) => `netwright 1
data table {
  source: "table.csv"
  target: ${parts.target}
  columns { colour: category }
  split: { train: 60%, validation: 20%, test: 20%, seed: 2 }
}
model { ${parts.model} }
train { ${parts.train} }
`;

const colours = ["red", "green", "blue", "grey"];
/** Between 0 and 1; the same every time. */
const noise = (i: number) => ((i * 7919 + 13) % 10007) / 10007;
const rows = Array.from({ length: 200 }, (_, i) => {
  const [a, b, colour] = [noise(i) * 4, noise(3 * i + 1) * 2, colours[(i * 7) % 4] ?? ""];
  return { a, b, idle: 5, colour, y: 3 * a - b + (colour === "red" ? 1 : 0) };
});
const data = rows;

async function refusal(promise: Promise<unknown>): Promise<readonly string[]> {
  const error = await promise.catch((thrown: unknown) => thrown);
  if (!(error instanceof NetwrightError)) throw new Error("nothing was refused");
  return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
}

describe("of a straight line", () => {
  let model: SavableModel;
  beforeAll(async () => {
    const parts = {
      target: "y",
      model: "dense(1)",
      train: "loss: mse, optimizer: adam(learning_rate: 0.1), epochs: 200",
    };
    model = await train(text(parts), { data });
  });

  test("the importance of a column is what the metric says of rows in which its values were dealt out", async () => {
    const found = await importance(model.bundle, { data, metric: "mae", repeats: 3, seed: 9 });
    expect([found.metric, found.better, found.rows, found.repeats]).toEqual(["mae", "lower", 200, 3]);
    const { mae: before = null } = await model.evaluate(data);
    expect(found.value).toBe(before);
    const features = model.bundle.model.encoders?.features.map(({ name }) => name) ?? [];
    expect(found.columns.map(({ column }) => column).sort()).toEqual([...features].sort());
    for (const { column, drops, mean, deviation } of found.columns) {
      for (const [repeat, drop] of drops.entries()) {
        const order = permutedRows(rows.length, 9, features.indexOf(column), repeat);
        const changed = rows.map((row, i) => ({ ...row, [column]: Object(rows[order[i] ?? 0])[column] }));
        const { mae: after = null } = await model.evaluate(changed);
        expect(drop).toBe(Number(after) - Number(before));
      }
      const average = drops.reduce((sum, drop) => sum + drop, 0) / 3;
      expect(mean).toBeCloseTo(average, 12);
      expect(deviation).toBeCloseTo(
        Math.sqrt(drops.reduce((sum, drop) => sum + (drop - average) ** 2, 0) / 3),
        12,
      );
    }
  });

  test("that of a line is, in squares, twice the variance of what the column adds", async () => {
    const { columns } = await importance(model.bundle, { data, metric: "rmse", repeats: 40 });
    const variance = (values: readonly number[]) => {
      const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
      return values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length;
    };
    const of = (name: string) => columns.find(({ column }) => column === name)?.mean ?? Number.NaN;
    expect(of("a")).toBeCloseTo(Math.sqrt(2 * variance(rows.map(({ a }) => 3 * a))), 1);
    expect(of("b")).toBeCloseTo(Math.sqrt(2 * variance(rows.map(({ b }) => b))), 1);
    expect(columns.map(({ column }) => column)).toEqual(["a", "b", "colour", "idle"]);
    // The same in all rows.
    expect(columns.at(-1)).toMatchObject({ mean: 0, deviation: 0 });
  });

  test("by the loss, and by a metric that is better where it is greater, more is worse", async () => {
    const byLoss = await importance(model.bundle, { data, metric: "loss" });
    const byR2 = await importance(model.bundle, { data, metric: "r2" });
    for (const { columns } of [byLoss, byR2]) expect(columns[0]).toMatchObject({ column: "a" });
    expect(byR2.better).toBe("higher");
    expect(byR2.columns[0]?.mean).toBeGreaterThan(1);
    // Of a loss of squares the metric is that of the baselines.
    expect((await importance(model.bundle, { data })).metric).toBe("rmse");
  });

  test("the dependence on a column is a line, with what is predicted for rows that have the value", async () => {
    const { points, ...found } = await partialDependence(model.bundle, "a", { data });
    expect(found).toEqual({ column: "a", rows: 200, outputs: ["y"], isOfClasses: false });
    expect(points).toHaveLength(11);
    for (const { value, mean, deviation } of points) {
      const all = (await model.predict(rows.map((row) => ({ ...row, a: value })))).map(({ y }) => Number(y));
      const average = all.reduce((sum, one) => sum + one, 0) / all.length;
      expect(mean[0]).toBeCloseTo(average, 10);
      const spread = Math.sqrt(all.reduce((sum, one) => sum + (one - average) ** 2, 0) / all.length);
      expect(deviation[0]).toBeCloseTo(spread, 10);
    }
    const [first, last] = [points[0], points.at(-1)];
    const slope =
      (Number(last?.mean[0]) - Number(first?.mean[0])) / (Number(last?.value) - Number(first?.value));
    expect(slope).toBeCloseTo(3, 2);
    expect(last?.deviation[0]).toBeCloseTo(Number(first?.deviation[0]), 4);
  });

  test("of words all are gone through", async () => {
    const { points } = await partialDependence(model.bundle, "colour", { data });
    const at = (word: string) => Number(points.find(({ value }) => value === word)?.mean[0]);
    expect(points.map(({ value }) => value).sort()).toEqual([...colours].sort());
    expect(at("red") - at("blue")).toBeCloseTo(1, 2);
  });

  test("pages have the same", async () => {
    const options = { data, backend: "reference", repeats: 2 } as const;
    expect(await browser.importance(model.bundle, options)).toEqual(await importance(model.bundle, options));
    expect(await browser.partialDependence(model.bundle, "b", { data, backend: "reference" })).toEqual(
      await partialDependence(model.bundle, "b", { data, backend: "reference" }),
    );
  });

  test("what cannot be measured is refused with what can", async () => {
    expect(await refusal(importance(model.bundle, { data, metric: "accuracy" }))).toEqual([
      "NW0856 the model is not measured by `accuracy`",
    ]);
    expect(await refusal(partialDependence(model.bundle, "y", { data }))).toEqual([
      "NW0856 the model has no feature `y`",
    ]);
    expect(await refusal(importance(model.bundle, { data: data.slice(0, 1), metric: "r2" }))).toEqual([
      "NW0856 `r2` is not defined on these rows",
    ]);
  });
});

test("of classes the dependence is of each probability, of inputs of their own as of numbers", async () => {
  const parts = {
    target: "colour",
    model:
      "parallel { plain { input(features) -> dense(4) } own { input(note) -> embedding(3) -> flatten -> dense(4) } } -> concat -> dense(outputs)",
    train: "loss: cross_entropy, epochs: 3",
  };
  const source = text(parts).replace("colour: category", "note: text(word_sequence(length: 3))");
  const listed = rows.map(({ a, b, colour }, i) => ({
    a,
    b,
    note: `${["up", "down", "left"][i % 3]} ${["far", "near"][i % 2]} ${i}`,
    colour,
  }));
  const model = await train(source, { data: listed });
  const { outputs, isOfClasses, points } = await partialDependence(model.bundle, "b", { data: listed });
  expect([outputs, isOfClasses]).toEqual([model.bundle.model.encoders?.target[0]?.params["words"], true]);
  for (const { value, mean } of points.slice(0, 2)) {
    const all = await model.predict(listed.map((row) => ({ ...row, b: value })));
    for (const [j, word] of outputs.entries()) {
      const sum = all.reduce((total, one) => total + (numbersIn(one["probabilities"])?.[word] ?? 0), 0);
      expect(mean[j]).toBeCloseTo(sum / all.length, 10);
    }
    expect(mean.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
  }
  const { columns, metric } = await importance(model.bundle, { data: listed });
  expect([metric, columns.map(({ column }) => column).sort()]).toEqual(["log_loss", ["a", "b", "note"]]);
  expect(await refusal(partialDependence(model.bundle, "note", { data: listed }))).toEqual([
    "NW0856 no values of `note` are known to go through",
  ]);
});
