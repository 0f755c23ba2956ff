// Temperature scaling, held to what is known in closed form.

import { expect, test } from "@jest/globals";
import { fitTemperature, tempered } from "../../src/index.ts";

/** Ten rows of which the second class has 0.9 each, and so many have it. */
const ten = (right: number) => ({
  probabilities: Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0.1 : 0.9)),
  target: Float64Array.from({ length: 10 }, (_, i) => (i < right ? 1 : 0)),
});

test("rows that are as sure as one another become as sure as they are right", () => {
  const { probabilities, target } = ten(7);
  const temperature = fitTemperature(probabilities, target, null) ?? Number.NaN;
  // sigmoid(ln 9 / T) = 0.7
  expect(temperature).toBeCloseTo(Math.log(9) / Math.log(7 / 3), 9);
  for (const [i, share] of tempered(probabilities, 2, temperature).entries())
    expect(share).toBeCloseTo(i % 2 === 0 ? 0.3 : 0.7, 9);
});

test("rows count by their weights", () => {
  const { probabilities, target } = ten(5);
  // Seven tenths of the weight are right.
  const weights = target.map((code) => (code === 1 ? 7 : 3));
  expect(fitTemperature(probabilities, target, weights)).toBeCloseTo(Math.log(9) / Math.log(7 / 3), 9);
});

test("is none where the best would be without bounds, or there is nothing to go by", () => {
  for (const right of [10, 3]) {
    const { probabilities, target } = ten(right);
    expect(fitTemperature(probabilities, target, null)).toBeNull();
  }
  expect(fitTemperature(new Float64Array(0), new Float64Array(0), null)).toBeNull();
  const { target } = ten(7);
  expect(fitTemperature(new Float64Array(20).fill(Number.NaN), target, null)).toBeNull();
});

test("is softmax(z / T) of what is softmax(z), also where probabilities are 0 in 32 bits", () => {
  const softmax = (z: readonly number[]) => {
    const shares = z.map((one) => Math.exp(one - Math.max(...z)));
    const sum = shares.reduce((a, b) => a + b);
    return shares.map((share) => share / sum);
  };
  const z = [1, -2, 30, 4];
  for (const [i, share] of tempered(Float64Array.from(softmax(z)), 4, 2.5).entries())
    expect(share).toBeCloseTo(softmax(z.map((one) => one / 2.5))[i] ?? 0, 12);
  const [zero = 1, one = 0] = tempered(Float64Array.from([0, 1]), 2, 2);
  expect(zero).toBeLessThan(1e-20);
  expect(one).toBe(1);
});
