// Every activation against its formula in double precision.

import { describe, expect, test } from "@jest/globals";
import { activations } from "@netwright/compiler";
import { compiled, modelOf } from "./support.ts";

const inputs = [-20, -5, -3.2, -1, -0.5, -0.01, 0, 0.01, 0.5, 1, 2.9, 3.1, 7, 20];

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.log1p(Math.exp(x));
/** Abramowitz, Stegun 7.1.5: the Maclaurin series, which is exact enough for |x| <= 4. */
const erf = (x: number) => {
  if (Math.abs(x) > 4) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; n < 100; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
};

const formulas: Readonly<Record<string, (x: number) => number>> = {
  relu: (x) => Math.max(x, 0),
  linear: (x) => x,
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  swish: (x) => x * sigmoid(x),
  sigmoid,
  tanh: Math.tanh,
  gelu: (x) => (x * (1 + erf(x / Math.SQRT2))) / 2,
  leaky_relu: (x) => (x > 0 ? x : 0.3 * x),
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  mish: (x) => x * Math.tanh(softplus(x)),
  exponential: Math.exp,
  hard_sigmoid: (x) => Math.min(Math.max(x / 6 + 0.5, 0), 1),
  relu6: (x) => Math.min(Math.max(x, 0), 6),
  celu: (x) => (x > 0 ? x : Math.expm1(x)),
  hard_swish: (x) => x * Math.min(Math.max(x / 6 + 0.5, 0), 1),
  hard_tanh: (x) => Math.min(Math.max(x, -1), 1),
  tanh_shrink: (x) => x - Math.tanh(x),
  hard_shrink: (x) => (Math.abs(x) > 0.5 ? x : 0),
  soft_shrink: (x) => Math.sign(x) * Math.max(Math.abs(x) - 0.5, 0),
  log_sigmoid: (x) => -softplus(-x),
  squareplus: (x) => (x + Math.sqrt(x * x + 4)) / 2,
  sparse_plus: (x) => (x <= -1 ? 0 : x < 1 ? (x + 1) ** 2 / 4 : x),
};

/** Over a whole row, which a formula of one number does not know. */
const overRows = ["softmax", "log_softmax"];

async function apply(call: string, x: readonly number[]): Promise<Float32Array> {
  const executable = await compiled({ input: x.length, flow: call }, { predict: [1] });
  return executable.predict({ rows: 1, feeds: { x: Float32Array.from(x) } });
}

describe("values", () => {
  test.each([...activations.keys()].filter((name) => !overRows.includes(name)))("%s", async (name) => {
    const formula = formulas[name];
    if (formula === undefined) throw new Error(`no formula for ${name} in this test`);
    const values = await apply(name, inputs);
    for (const [i, x] of inputs.entries()) {
      const expected = formula(x);
      const tolerance = 1e-6 * Math.max(1, Math.abs(expected));
      expect(Math.abs((values[i] ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
    }
  });

  test("mish has its digits far from 0, too", async () => {
    const far = [-60, -20, -9, 19.9, 20.1, 45, 1e4, 3e38];
    const values = await apply("mish", far);
    for (const [i, x] of far.entries()) {
      const expected = x * Math.tanh(Math.log1p(Math.exp(x)));
      expect(Math.abs((values[i] ?? Number.NaN) / expected - 1)).toBeLessThan(1e-6);
    }
  });

  test("softmax sums to 1 and does not overflow", async () => {
    const values = await apply("softmax", [1000, 999, 998]);
    const e = [1, Math.exp(-1), Math.exp(-2)];
    const sum = e.reduce((a, b) => a + b);
    for (const [i, value] of e.entries()) expect(values[i]).toBeCloseTo(value / sum, 6);
  });

  test("log_softmax has the digits of small shares, and does not overflow", async () => {
    const values = await apply("log_softmax", [1000, 999, 0]);
    for (const [i, value] of [-0.3132617, -1.3132617, -1000.3132617].entries())
      expect((values[i] ?? 0) / value).toBeCloseTo(1, 6);
  });
});

test("parameters are used", async () => {
  expect((await apply("leaky_relu(0.1)", [-2]))[0]).toBeCloseTo(-0.2, 6);
  expect((await apply("elu(alpha: 2)", [-1]))[0]).toBeCloseTo(2 * Math.expm1(-1), 6);
  expect((await apply("celu(alpha: 2)", [-1]))[0]).toBeCloseTo(2 * Math.expm1(-0.5), 6);
  expect((await apply("squareplus(b: 1)", [-3e3]))[0]).toBeCloseTo(1 / 12e3, 9);
  expect([...(await apply("soft_shrink(threshold: 2)", [-3, 1, 3]))]).toEqual([-1, 0, 1]);
  expect([...(await apply("hard_shrink(threshold: 2)", [-3, 1, 3]))]).toEqual([-3, 0, 3]);
  expect([...(await apply("relu(max_value: 2, threshold: 1)", [-3, 1, 1.5, 3]))]).toEqual([0, 0, 1.5, 2]);
  expect([...(await apply("relu(negative_slope: 0.5, threshold: 1)", [-3, 1, 3]))]).toEqual([-2, 0, 3]);
  expect([...(await apply("relu(2, 0.5)", [-4, 1, 3]))]).toEqual([-2, 1, 2]);
});

describe("the range", () => {
  const calls = [
    ...activations.keys(),
    "elu(alpha: 0.5)",
    "leaky_relu(negative_slope: 0)",
    "celu(alpha: 0.5)",
    "relu(max_value: 3)",
    "relu(negative_slope: 0.5)",
  ];
  const grid = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 100);

  test.each(calls.filter((call) => !overRows.includes(call)))(
    "of %s holds what it gives, and no less",
    async (call) => {
      const [layer] = modelOf({ input: 1, flow: call }).nodes;
      if (layer === undefined) throw new Error("one layer was written");
      const { min, max } = activations.get(layer.layer)?.range(layer.args, 1) ?? { min: 0, max: 0 };
      const values = await apply(call, grid);
      const least = values.reduce((a, b) => Math.min(a, b));
      const greatest = values.reduce((a, b) => Math.max(a, b));
      expect(least).toBeGreaterThanOrEqual(min - 1e-6);
      expect(greatest).toBeLessThanOrEqual(max + 1e-6);
      // softsign is the slowest to come near to its ends.
      if (Number.isFinite(min)) expect(least).toBeLessThan(min + 0.05);
      else expect(least).toBeLessThan(-5);
      if (Number.isFinite(max)) expect(greatest).toBeGreaterThan(max - 0.05);
      else expect(greatest).toBeGreaterThan(5);
    },
  );

  test("of softmax is 1 alone where there is nothing to share with", async () => {
    expect(activations.get("softmax")?.range({}, 1)).toEqual({ min: 1, max: 1 });
    expect(activations.get("softmax")?.range({}, 2)).toEqual({ min: 0, max: 1 });
    expect(activations.get("log_softmax")?.range({}, 1)).toEqual({ min: 0, max: 0 });
    expect(activations.get("log_softmax")?.range({}, 2)).toEqual({ min: Number.NEGATIVE_INFINITY, max: 0 });
    expect([...(await apply("softmax", [-3]))]).toEqual([1]);
  });
});
