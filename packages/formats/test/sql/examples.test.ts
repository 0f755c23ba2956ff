// Concrete and penguins as a query that DuckDB runs: beside Netwright's answers, and beside a run of the same weights in f64.

import { expect, test } from "@jest/globals";
import { float64Run } from "@netwright/formats/node";
import { concrete, penguins } from "../examples.ts";
import { answersOf, checkedByDuckDb, numbersOf } from "./run.ts";

test("concrete, 2 x 32", async () => {
  const model = await concrete();
  const report = await checkedByDuckDb(model);
  expect(report).toMatchObject({ kind: "checked", predictions: 1000, taken: 0 });
  expect(report.difference).toBeLessThan(1e-5);
  const scale = model.outputs.kind === "numbers" ? (model.outputs.columns[0]?.scale ?? 0) : 0;
  const [numbers, expected] = [await numbersOf(model), float64Run(model)];
  const apart = numbers.map((value, i) => Math.abs(value - (expected[i] ?? 0)) / scale);
  expect(Math.max(...apart)).toBeLessThan(1e-12);
}, 120_000);

test("penguins", async () => {
  const model = await penguins();
  const report = await checkedByDuckDb(model);
  expect(report).toMatchObject({ kind: "checked", predictions: 1000, otherClasses: 0, taken: 0 });
  expect(report.difference).toBeLessThan(1e-5);
  const [numbers, expected] = [await numbersOf(model), float64Run(model)];
  expect(Math.max(...numbers.map((value, i) => Math.abs(value - (expected[i] ?? 0))))).toBeLessThan(1e-12);
  const words = (await answersOf(model)).map((row) => row["predicted_species"]);
  expect(words).toEqual(model.samples.answers.map(({ species }) => species));
}, 120_000);
