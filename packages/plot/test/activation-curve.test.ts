import { expect, test } from "@jest/globals";
import { activationCurve, curveNames, curvesSvg } from "@netwright/plot";

const range = { from: -3, to: 3, points: 601 };

test("relu, elu, sigmoid at known places", async () => {
  const at = async (name: string, x: number) => {
    const { y, derivative } = await activationCurve(name, { from: x, to: x + 1, points: 2 });
    return [y[0], derivative[0]];
  };
  expect(await at("relu", -2)).toEqual([0, 0]);
  expect(await at("relu", 2)).toEqual([2, 1]);
  const [value = 0, slope = 0] = await at("elu", -1);
  expect(value).toBeCloseTo(Math.exp(-1) - 1, 6);
  expect(slope).toBeCloseTo(Math.exp(-1), 6);
  expect(await at("sigmoid", 0)).toEqual([0.5, 0.25]);
});

/** Where a curve jumps there is no slope. */
const JUMPS: Readonly<Record<string, readonly number[]>> = { hard_shrink: [-0.5, 0.5] };

test.each(curveNames)("%s: the derivative is the slope of the curve", async (name) => {
  const { x, y, derivative } = await activationCurve(name, range);
  expect([x[0], x[600], x.length]).toEqual([-3, 3, 601]);
  const wrong: number[][] = [];
  for (let i = 1; i < 600; i++) {
    if (JUMPS[name]?.some((jump) => Math.abs(jump - (x[i] ?? 0)) < 0.011)) continue;
    const slope = ((y[i + 1] ?? 0) - (y[i - 1] ?? 0)) / ((x[i + 1] ?? 0) - (x[i - 1] ?? 0));
    const [before = 0, here = 0, after = 0] = derivative.slice(i - 1, i + 2);
    // At a kink the slope is between those of both sides.
    const slack = 2e-3 + Math.max(Math.abs(after - here), Math.abs(here - before));
    if (Math.abs(slope - here) >= slack) wrong.push([x[i] ?? 0, slope, here]);
  }
  expect(wrong).toEqual([]);
});

test("the slopes at 0 are those of the formulas", async () => {
  const slopes: Record<string, number> = { elu: 1, softplus: 0.5, softsign: 1, relu: 0, swish: 0.5 };
  for (const [name, slope] of Object.entries(slopes)) {
    const { derivative } = await activationCurve(name, { from: 0, to: 1, points: 2 });
    expect([name, derivative[0]]).toEqual([name, slope]);
  }
  const { derivative } = await activationCurve("selu", { from: 0, to: 1, points: 2 });
  expect(derivative[0]).toBeCloseTo(1.0507 * 1.67326, 4);
});

test.each(["softmax", "log_softmax"])("%s has no curve", async (name) => {
  expect(curveNames).not.toContain(name);
  await expect(activationCurve(name, range)).rejects.toThrow(`${name} has no curve`);
});

test("the picture of two curves", async () => {
  const coarse = { from: -3, to: 3, points: 7 };
  const curves = [await activationCurve("relu", coarse), await activationCurve("swish", coarse)];
  expect(curvesSvg(curves)).toMatchSnapshot();
});

test("numbers that are not finite leave gaps, and an empty axis still has a size", () => {
  const x = Float32Array.of(-1, 0, 1);
  const gap = { name: "<a>", x, y: Float32Array.of(1, Number.NaN, 2), derivative: new Float32Array(3) };
  const svg = curvesSvg([gap]);
  expect(svg).not.toMatch(/NaN|Infinity|<a>/);
  const flat = { ...gap, y: new Float32Array(3) };
  expect(curvesSvg([flat])).not.toMatch(/NaN|Infinity/);
});
