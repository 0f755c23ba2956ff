// Every loss against its formula in double precision, with one and with two outputs.

import { expect, test } from "@jest/globals";
import { losses } from "@netwright/compiler";
import { compiled } from "./support.ts";

const formulas: Readonly<Record<string, (e: number) => number>> = {
  mae: Math.abs,
  mse: (e) => e * e,
  huber: (e) => (Math.abs(e) <= 1 ? (e * e) / 2 : Math.abs(e) - 0.5),
  log_cosh: (e) => Math.abs(e) + Math.log1p(Math.exp(-2 * Math.abs(e))) - Math.LN2,
};

const prediction = Float32Array.of(0, 0.5, -0.5, 3, -40, 1, 1, 1);
const target = Float32Array.of(0, 0.25, 0.25, 0, 40, 1, -1, 2);

test.each([...losses.keys()])("%s", async (name) => {
  const formula = formulas[name];
  if (formula === undefined) throw new Error(`no formula for ${name} in this test`);
  for (const outputs of [1, 2]) {
    const rows = prediction.length / outputs;
    const model = { input: outputs, flow: "linear", train: `loss: ${name}\n optimizer: sgd` };
    const executable = await compiled(model, { evaluate: [rows] });
    const { loss } = executable.evaluate({
      rows,
      feeds: { x: prediction, y: target, weight: new Float32Array(rows).fill(1) },
    });
    const expected = [...prediction].reduce((sum, p, i) => sum + formula(p - (target[i] ?? 0)), 0) / outputs;
    expect(Math.abs(loss - expected)).toBeLessThan(1e-5 * expected + 1e-6);
  }
});

test("huber takes its delta", async () => {
  const model = { input: 1, flow: "linear", train: "loss: huber(delta: 2)\n optimizer: sgd" };
  const executable = await compiled(model, { evaluate: [1] });
  const feeds = { x: Float32Array.of(5), y: Float32Array.of(0), weight: Float32Array.of(1) };
  expect(executable.evaluate({ rows: 1, feeds }).loss).toBeCloseTo(8, 5);
});

test("rows count by their weight, and a row of weight 0 not at all, whatever its loss", async () => {
  const model = { input: 1, flow: "linear", train: "loss: mse\n optimizer: sgd" };
  const executable = await compiled(model, { evaluate: [3] });
  const feeds = {
    x: Float32Array.of(3, Number.POSITIVE_INFINITY, 5),
    y: Float32Array.of(1, 0, 4),
    weight: Float32Array.of(2, 0, 0.5),
  };
  expect(executable.evaluate({ rows: 3, feeds })).toMatchObject({ loss: 2 * 4 + 0.5, weight: 2.5 });
});
