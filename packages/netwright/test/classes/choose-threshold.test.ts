// The best threshold between two classes, against every cut tried one by one.

import { expect, test } from "@jest/globals";
import { thresholds } from "@netwright/compiler";
import fc from "fast-check";
import { chooseThreshold } from "../../src/training/choose-threshold.ts";

const ruleOf = (name: string) => {
  const rule = thresholds.get(name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  return rule;
};

const RULES = [
  ["best", { metric: "f1" }],
  ["best", { metric: "accuracy" }],
  ["best", { metric: "balanced_accuracy" }],
  ["best", { metric: "matthews" }],
  ["cost", { fn: 5, fp: 1 }],
] as const;

function cutAt(at: number, scores: readonly number[], target: readonly number[], weights: readonly number[]) {
  const sum = (of: number, predicted: boolean) =>
    scores.reduce(
      (all, p, i) => (target[i] === of && p >= at === predicted ? all + (weights[i] ?? 0) : all),
      0,
    );
  return {
    truePositives: sum(1, true),
    falsePositives: sum(0, true),
    falseNegatives: sum(1, false),
    trueNegatives: sum(0, false),
  };
}

test.each(RULES)("%s %j is never beaten", (name, args) => {
  const rule = ruleOf(name);
  const row = fc.tuple(
    fc.integer({ min: 0, max: 8 }),
    fc.integer({ min: 0, max: 1 }),
    fc.integer({ min: 0, max: 3 }),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (given) => {
      const scores = given.map(([p]) => p / 8);
      const target = given.map(([, t]) => t);
      const weights = given.map(([, , w]) => w);
      const found = chooseThreshold(rule, args, {
        scores: Float64Array.from(scores),
        target: Float64Array.from(target),
        weights: Float64Array.from(weights),
      });
      if (found === null) throw new Error("none found");
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(1);
      const value = rule.value(cutAt(found, scores, target, weights), args);
      for (let at = 0; at <= 16; at++) {
        expect(rule.value(cutAt(at / 16, scores, target, weights), args)).toBeLessThanOrEqual(value);
      }
    }),
    { numRuns: 200 },
  );
});

test("it lies between two scores, of equally good ones nearest to a half", () => {
  const scores = Float64Array.of(0.1, 0.2, 0.7, 0.9);
  const target = Float64Array.of(0, 0, 1, 1);
  expect(chooseThreshold(ruleOf("best"), { metric: "f1" }, { scores, target, weights: null })).toBeCloseTo(
    0.45,
    12,
  );
  const all = Float64Array.of(1, 1, 1, 1);
  const none = chooseThreshold(
    ruleOf("cost"),
    { fn: 1, fp: 1 },
    { scores, target: new Float64Array(4), weights: null },
  );
  expect(none).toBeCloseTo(0.95, 12);
  const certain = { scores: all, target: new Float64Array(4), weights: null };
  expect(chooseThreshold(ruleOf("cost"), { fn: 1, fp: 1 }, certain)).toBe(0.5);
});

test("without rows, and where a probability is no number, there is none", () => {
  const nothing = new Float64Array(0);
  expect(
    chooseThreshold(ruleOf("best"), { metric: "f1" }, { scores: nothing, target: nothing, weights: null }),
  ).toBeNull();
  const scores = Float64Array.of(0.5, Number.NaN);
  expect(
    chooseThreshold(
      ruleOf("best"),
      { metric: "f1" },
      { scores, target: Float64Array.of(0, 1), weights: null },
    ),
  ).toBeNull();
});
