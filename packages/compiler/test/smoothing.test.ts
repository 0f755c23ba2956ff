// Smoothing of targets that follows a schedule: in each step that of the step, and none when evaluating.

import { describe, expect, test } from "@jest/globals";
import { losses, lower } from "@netwright/compiler";
import { verify } from "@netwright/ir";
import { compiled, modelOf } from "./support.ts";

const smoothed = [...losses.values()].filter(({ params }) => "smoothing" in params).map(({ name }) => name);

test("losses of classes and labels have it", () => {
  expect(smoothed).toEqual(["cross_entropy", "binary_cross_entropy", "multi_label_cross_entropy"]);
});

const logits = Float32Array.of(1, -2, 0.5, 3, 0.25, -1);
const batches: Readonly<Record<string, { readonly width: number; readonly y: Int32Array | Float32Array }>> = {
  cross_entropy: { width: 3, y: Int32Array.of(2, 0) },
  binary_cross_entropy: { width: 1, y: Int32Array.of(1, 0, 1, 1, 0, 0) },
  multi_label_cross_entropy: { width: 3, y: Float32Array.of(1, 0, 1, 0, 0, 1) },
};

describe.each(smoothed)("%s", (name) => {
  const { width = 1, y = logits } = batches[name] ?? {};
  const rows = logits.length / width;
  const model = (smoothing: string) => ({
    input: width,
    flow: "linear",
    train: `loss: ${name}(smoothing: ${smoothing})\n optimizer: sgd`,
  });

  const lossesOf = async (smoothing: string) => {
    const executable = await compiled(model(smoothing), { step: [rows], evaluate: [rows] });
    executable.init(0);
    const feeds = { x: logits, y };
    const steps = [0, 1, 2].map(() => executable.step({ rows, feeds }).loss);
    const weight = new Float32Array(rows).fill(1);
    return { steps, evaluated: executable.evaluate({ rows, feeds: { ...feeds, weight } }).loss };
  };

  test("with a schedule has the loss of each step, and is evaluated without smoothing", async () => {
    const found = await lossesOf("piecewise_constant(boundaries: [0, 1], values: [0.4, 0.1, 0])");
    const numbers = [await lossesOf("0.4"), await lossesOf("0.1"), await lossesOf("0")];
    expect(new Set(numbers.map(({ steps }) => steps[0])).size).toBe(3);
    for (const [i, loss] of found.steps.entries()) {
      const expected = numbers[i]?.steps[i] ?? Number.NaN;
      expect(Math.abs(loss - expected) / expected).toBeLessThan(1e-6);
    }
    expect(found.evaluated).toBe(numbers[2]?.evaluated);
  });

  test("with a schedule gives sound programs, also of several batches in an update", () => {
    const whole = modelOf({
      ...model("cosine(0.1)"),
      train: `${model("cosine(0.1)").train}\n accumulate: 2`,
    });
    const sizes = { step: [rows], accumulate: [rows], evaluate: [rows], predict: [rows] };
    expect(verify(lower(whole, { ...sizes, stepsPerEpoch: 4 }))).toEqual([]);
  });

  test.each(["cosine(1)", "plateau(0.1)", "exponential_decay(0.1, decay_rate: 1.5)"])(
    "refuses %s",
    (schedule) => {
      expect(() => modelOf(model(schedule))).toThrow("`smoothing` of ");
    },
  );
});
