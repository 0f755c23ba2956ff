// Concrete and penguins as a workbook: computed by its formulas, beside Netwright's answers and a run of the same weights in f64.

import { expect, test } from "@jest/globals";
import { differenceTo, type PortableModel, scalesOf } from "@netwright/formats";
import { apartFromFloat64, float64Run } from "@netwright/formats/node";
import { concrete, penguins } from "../examples.ts";
import { predictedFor, withSamples, written } from "./run.ts";

async function predicted(model: PortableModel) {
  const { rows } = model.samples;
  const made = await predictedFor(withSamples(model, 64), rows);
  const numbers = made.numbers.map(Number);
  expect(made.problems.filter((problem) => problem !== "")).toEqual([]);
  const { difference, otherClasses } = differenceTo(model, numbers);
  expect(difference).toBeLessThan(1e-5);
  expect(otherClasses).toBe(0);
  expect(apartFromFloat64(numbers, float64Run(model), scalesOf(model.outputs))).toBeLessThan(1e-12);
  expect(String(made.book.valueAt("Predict", 3, 1))).toContain("computes as Netwright does");
  return made;
}

test("concrete, 2 x 32", async () => {
  const model = await concrete();
  await predicted(model);
  expect(written(withSamples(model, 64), [], 1000).content.length).toBeLessThan(100_000);
}, 120_000);

test("penguins", async () => {
  const model = await penguins();
  const { words } = await predicted(model);
  expect(words).toEqual(model.samples.answers.map(({ species }) => species));
}, 120_000);
