// Metrics against values that scikit-learn documents or that are worked out by hand, and their edges.

import { describe, expect, test } from "@jest/globals";
import { computeMetrics, confusionMatrix, metrics, metricsFor } from "@netwright/runtime";
import fc from "fast-check";

const f64 = (...values: number[]) => Float64Array.from(values);

function regression(prediction: Float64Array, target: Float64Array, outputs: number) {
  const view = { rows: target.length / outputs, outputs, prediction, target, scores: null, classes: null };
  const {
    mae = null,
    rmse = null,
    r2 = null,
    mape = null,
    max_error = null,
  } = computeMetrics(view, metricsFor("number"));
  return { mae, rmse, r2, mape, max_error };
}

describe("the metrics of numbers", () => {
  // The example of sklearn.metrics.mean_absolute_error, mean_squared_error, r2_score and max_error.
  test("agrees with scikit-learn's examples", () => {
    const found = regression(f64(2.5, 0, 2, 8), f64(3, -0.5, 2, 7), 1);
    expect(found.mae).toBe(0.5);
    expect(found.rmse).toBeCloseTo(0.6123724356957945, 15);
    expect(found.r2).toBeCloseTo(0.9486081370449679, 15);
    expect(found.mape).toBeCloseTo(0.3273809523809524, 15);
    expect(found.max_error).toBe(1);
  });

  test("r2 of several outputs is the mean over them", () => {
    const { r2, mae } = regression(f64(0, 2, -1, 2, 8, -5), f64(0.5, 1, -1, 1, 7, -6), 2);
    expect(r2).toBeCloseTo((1 - 1.25 / (217 / 6) + (1 - 3 / (98 / 3))) / 2, 14);
    expect(mae).toBe(0.75);
  });

  test("mape leaves out targets that are 0", () => {
    expect(regression(f64(5, 11, 18), f64(0, 10, 20), 1).mape).toBeCloseTo(0.1, 15);
    expect(regression(f64(5, 5), f64(0, 0), 1).mape).toBeNull();
  });

  test("r2 of a constant target is not defined, also when its mean is rounded", () => {
    expect(regression(f64(1, 2, 3), f64(0.1, 0.1, 0.1), 1).r2).toBeNull();
    expect(regression(f64(1), f64(1), 1).r2).toBeNull();
  });

  test("without rows nothing is defined", () => {
    expect(Object.values(regression(f64(), f64(), 1))).toEqual([null, null, null, null, null]);
  });

  test("a prediction that is not a number stays visible", () => {
    expect(regression(f64(Number.NaN, 1), f64(1, 2), 1)).toMatchObject({
      mae: Number.NaN,
      max_error: Number.NaN,
    });
  });

  test("a perfect prediction, and the order of the errors", () => {
    // Not so small that squares underflow.
    const values = fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1000);
    fc.assert(
      fc.property(fc.array(fc.tuple(values, values), { minLength: 1, maxLength: 30 }), (pairs) => {
        const p = Float64Array.from(pairs, ([a]) => a);
        const t = Float64Array.from(pairs, ([, b]) => b);
        expect(regression(t, t, 1)).toMatchObject({ mae: 0, rmse: 0, max_error: 0 });
        const { mae, rmse, max_error } = regression(p, t, 1);
        if (mae === null || rmse === null || max_error === null) throw new Error("rows and no metric");
        expect(mae).toBeLessThanOrEqual(rmse * (1 + 1e-12));
        expect(rmse).toBeLessThanOrEqual(max_error * (1 + 1e-12));
      }),
    );
  });

  test("are the five, in the order in which they are shown", () => {
    expect(metricsFor("number").map(({ label }) => label)).toEqual([
      "mae",
      "rmse",
      "r2",
      "mape",
      "max_error",
    ]);
  });

  test("sizes that do not fit are a mistake of the caller", () => {
    expect(() => regression(f64(1), f64(1, 2), 1)).toThrow(RangeError);
  });
});

test("no metric leaves its range", () => {
  const cents = fc.integer({ min: -1e8, max: 1e8 }).map((n) => n / 100);
  const numbers = fc.array(cents, { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const rows = Math.min(a.length, b.length);
      const found = regression(f64(...a.slice(0, rows)), f64(...b.slice(0, rows)), 1);
      for (const [name, value] of Object.entries(found)) {
        const { min, max } = metrics.get(name)?.range ?? { min: Number.NaN, max: Number.NaN };
        expect(value ?? min).toBeGreaterThanOrEqual(min);
        expect(value ?? max).toBeLessThanOrEqual(max);
      }
    }),
  );
});

describe("accuracy", () => {
  // The example of sklearn.metrics.top_k_accuracy_score.
  const scores = f64(0.5, 0.2, 0.2, 0.3, 0.4, 0.2, 0.2, 0.4, 0.3, 0.7, 0.2, 0.1);
  const view = {
    rows: 4,
    outputs: 1,
    prediction: f64(0, 1, 1, 0),
    target: f64(0, 1, 2, 2),
    scores,
    classes: ["a", "b", "c"],
  };
  const accuracy = (of: typeof view, top: number) => metrics.get("accuracy")?.compute(of, { top });

  test("agrees with scikit-learn's example", () => {
    expect([1, 2, 3].map((top) => accuracy(view, top))).toEqual([0.5, 0.75, 1]);
    expect(computeMetrics(view, metricsFor("class"))).toMatchObject({ accuracy: 0.5 });
  });

  test("of classes with one score the first is the more likely", () => {
    const even = { ...view, rows: 2, prediction: f64(0, 0), target: f64(0, 1), scores: f64(1, 1, 1, 1) };
    expect([accuracy(even, 1), accuracy(even, 2)]).toEqual([0.5, 1]);
  });

  test("a score that is not a number is never right", () => {
    const broken = { ...view, rows: 1, prediction: f64(0), target: f64(0), scores: f64(Number.NaN, 0.5) };
    expect(accuracy(broken, 1)).toBe(0);
  });
});

test("many classes take no more than their number", () => {
  const classes = Array.from({ length: 70_000 }, (_, i) => `c${i}`);
  const view = {
    rows: 3,
    outputs: 1,
    prediction: f64(0, 69_999, 5),
    target: f64(0, 69_999, 6),
    scores: null,
    classes,
  };
  const all = ["f1", "balanced_accuracy", "matthews", "precision", "recall"];
  const found = all.map((name) =>
    metrics.get(name)?.compute(view, { average: "macro", class: null, adjusted: false }),
  );
  expect(found).toEqual([0.5, 2 / 3, 2 / 3, 0.5, 0.5]);
  expect(metrics.get("cohen_kappa")?.compute(view, { weights: "none" })).toBeCloseTo(4 / 7, 12);
});

describe("the confusion matrix", () => {
  const view = {
    rows: 6,
    outputs: 1,
    target: Float64Array.of(0, 1, 2, 2, 1, 0),
    prediction: Float64Array.of(0, 2, 1, 2, 1, 0),
    scores: null,
    classes: ["a", "b", "c"],
  };

  test("is that of scikit-learn", () => {
    const counts = [
      [2, 0, 0],
      [0, 1, 1],
      [0, 1, 1],
    ];
    expect(confusionMatrix(view)).toEqual({ classes: ["a", "b", "c"], counts });
  });

  test("adds up weights, and there is none of numbers, of no rows and of many classes", () => {
    const weights = Float64Array.of(1, 2, 3, 4, 5, 6);
    expect(confusionMatrix({ ...view, weights })?.counts).toEqual([
      [7, 0, 0],
      [0, 5, 2],
      [0, 3, 4],
    ]);
    expect(confusionMatrix({ ...view, classes: null })).toBeNull();
    expect(confusionMatrix({ ...view, rows: 0 })).toBeNull();
    expect(confusionMatrix({ ...view, classes: Array.from({ length: 51 }, String) })).toBeNull();
  });
});

describe("labels", () => {
  // scikit-learn 1.9: accuracy_score, hamming_loss and f1_score with zero_division 0 of these two matrices.
  const view = {
    rows: 4,
    outputs: 3,
    target: f64(1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0),
    prediction: f64(1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1),
    scores: null,
    classes: ["a", "b", "c"],
    isMany: true,
  };
  const metricOf = (name: string, args: Readonly<Record<string, string | null>> = {}) =>
    metrics.get(name)?.compute(view, { average: "macro", class: null, ...args });

  test.each<[string, Readonly<Record<string, string>>, number]>([
    ["subset_accuracy", {}, 0.5],
    ["hamming_loss", {}, 3 / 12],
    ["f1", { average: "macro" }, (1 + 2 / 3 + 0) / 3],
    ["f1", { average: "micro" }, 6 / 9],
    ["f1", { average: "weighted" }, (2 * 1 + 2 * (2 / 3) + 0) / 5],
    ["f1", { average: "samples" }, (2 / 3 + 1 + 0 + 2 / 4) / 4],
    ["precision", { average: "micro" }, 3 / 4],
    ["recall", { average: "micro" }, 3 / 5],
    ["recall", { class: "b" }, 1 / 2],
  ])("%s %j", (name, args, expected) => {
    expect(metricOf(name, args)).toBeCloseTo(expected, 12);
  });

  test("a label that nobody has and nobody predicts counts 0, and there is no confusion of one with another", () => {
    const none = { ...view, target: view.target.map((t, i) => (i % 3 === 2 ? 0 : t)) };
    const prediction = view.prediction.map((t, i) => (i % 3 === 2 ? 0 : t));
    const args = { average: "macro", class: null };
    expect(metrics.get("f1")?.compute({ ...none, prediction }, args)).toBeCloseTo((1 + 2 / 3 + 0) / 3, 12);
    expect(confusionMatrix(view)).toBeNull();
  });
});

describe("metrics of several columns of a row", () => {
  const view = (prediction: Float64Array, target: Float64Array, outputs: number) => ({
    rows: target.length / outputs,
    outputs,
    prediction,
    target,
    scores: null,
    classes: null,
  });
  const compute = (name: string, of: ReturnType<typeof view>, weights: Float64Array | null = null) =>
    metrics.get(name)?.compute({ ...of, weights }, {});

  test("kl_divergence is that of Keras, and 0 of what is right", () => {
    const target = f64(0.2, 0.8, 0, 1);
    // Keras 3.15.1: rows of 0.19274479 and 0.5108241, with shares of at least 1e-7.
    const two = view(f64(0.5, 0.5, 0.4, 0.6), target, 2);
    expect(compute("kl_divergence", two)).toBeCloseTo(0.35178444, 5);
    expect(compute("kl_divergence", two, f64(3, 1))).toBeCloseTo((3 * 0.19274479 + 0.5108241) / 4, 5);
    expect(compute("kl_divergence", view(target, target, 2))).toBe(0);
    expect(compute("kl_divergence", view(f64(0, 1), f64(1, 0), 2))).toBeCloseTo(52 * Math.LN2, 10);
    expect(compute("kl_divergence", view(f64(), f64(), 2))).toBeNull();
  });

  test("cosine_similarity is that of Keras, whatever the lengths", () => {
    const first = view(f64(1.5, 2, 3), f64(1, 2, 4), 3);
    expect(compute("cosine_similarity", first)).toBeCloseTo(0.9778979, 6);
    const both = view(f64(1.5, 2, 3, 2, 2, 4), f64(1, 2, 4, 2, 1, 5), 3);
    expect(compute("cosine_similarity", both)).toBeCloseTo(0.97343034, 6);
    expect(compute("cosine_similarity", view(f64(3e-200, 0), f64(1e200, 1e200), 2))).toBeCloseTo(
      Math.SQRT1_2,
    );
    expect(compute("cosine_similarity", view(f64(1, 1), f64(0, 0), 2))).toBe(0);
    expect(compute("cosine_similarity", view(f64(0.1, 0.7), f64(-0.1, -0.7), 2))).toBeGreaterThanOrEqual(-1);
    expect(compute("cosine_similarity", view(f64(Number.NaN, 1), f64(1, 1), 2))).toBeNaN();
  });

  test("of classes without probabilities, those that need none", () => {
    const labels = metricsFor("class", metrics, "margins").map(({ label }) => label);
    expect(labels).toEqual(["accuracy", "balanced_accuracy", "f1"]);
  });
});
