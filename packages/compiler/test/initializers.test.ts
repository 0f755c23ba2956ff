// The start values of weights: distribution, seed, and what is kept in the state.

import { describe, expect, test } from "@jest/globals";
import { initializers } from "@netwright/compiler";
import { compiled } from "./support.ts";

const [IN, OUT] = [120, 80];

async function kernel(initializer: string, seed = 1): Promise<Float32Array> {
  const flow = `dense(${OUT}, kernel_initializer: ${initializer})`;
  const executable = await compiled({ input: IN, flow }, { step: [1] });
  executable.init(seed);
  const weights = executable.readState().get("dense_1.kernel");
  if (!(weights instanceof Float32Array)) throw new Error("no kernel");
  return weights;
}

function moments(values: Float32Array) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  return {
    mean,
    deviation: Math.sqrt(variance),
    largest: values.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
  };
}

const variances: Readonly<Record<string, number>> = { glorot: 2 / (IN + OUT), he: 2 / IN, lecun: 1 / IN };

describe.each(Object.entries(variances))("%s", (rule, variance) => {
  test("uniform: variance and limit", async () => {
    const { mean, deviation, largest } = moments(await kernel(`${rule}_uniform`));
    expect(Math.abs(mean)).toBeLessThan(0.03 * Math.sqrt(variance));
    expect(deviation / Math.sqrt(variance)).toBeCloseTo(1, 1);
    expect(largest).toBeLessThanOrEqual(Math.sqrt(3 * variance) * (1 + 1e-6));
    expect(largest).toBeGreaterThan(0.99 * Math.sqrt(3 * variance));
  });

  test("normal: variance and cut at two standard deviations", async () => {
    const { mean, deviation, largest } = moments(await kernel(`${rule}_normal`));
    expect(Math.abs(mean)).toBeLessThan(0.03 * Math.sqrt(variance));
    expect(deviation / Math.sqrt(variance)).toBeCloseTo(1, 1);
    const cut = (2 * Math.sqrt(variance)) / 0.8796256610342398;
    expect(largest).toBeLessThanOrEqual(cut * (1 + 1e-5));
    expect(largest).toBeGreaterThan(0.95 * cut);
  });
});

test("the normal distribution has the right shape", async () => {
  const values = await kernel("lecun_normal");
  const sigma = Math.sqrt(1 / IN) / 0.8796256610342398;
  const within = values.filter((w) => Math.abs(w) < sigma).length / values.length;
  // erf(1/sqrt 2) / erf(2/sqrt 2)
  expect(within).toBeCloseTo(0.6826894921 / 0.9544997361, 1);
});

test("random_normal is not cut off, and random_uniform is", async () => {
  const normal = moments(await kernel("random_normal(mean: 1, stddev: 0.5)"));
  expect(normal.mean).toBeCloseTo(1, 1);
  expect(normal.deviation).toBeCloseTo(0.5, 1);
  const standard = await kernel("random_normal(stddev: 1)");
  const share = (limit: number) => standard.filter((z) => Math.abs(z) < limit).length / standard.length;
  expect(share(1)).toBeCloseTo(0.6827, 1);
  expect(share(2)).toBeLessThan(0.97);
  expect(standard.every(Number.isFinite)).toBe(true);
  const uniform = moments(await kernel("random_uniform(minval: 2, maxval: 4)"));
  expect(uniform.mean).toBeCloseTo(3, 1);
  expect(uniform.deviation).toBeCloseTo(2 / Math.sqrt(12), 1);
});

test("orthogonal: columns of length 1 at right angles, times the gain", async () => {
  const values = await kernel("orthogonal(gain: 2)");
  const product = (i: number, j: number) => {
    let sum = 0;
    for (let row = 0; row < IN; row++) sum += (values[row * OUT + i] ?? 0) * (values[row * OUT + j] ?? 0);
    return sum;
  };
  for (const [i, j] of [
    [0, 0],
    [7, 7],
    [0, 1],
    [7, 50],
    [78, 79],
  ] as const)
    expect(Math.abs(product(i, j) - (i === j ? 4 : 0))).toBeLessThan(1e-4);
});

test("zeros and constant", async () => {
  expect(new Set(await kernel("zeros"))).toEqual(new Set([0]));
  expect(new Set(await kernel("constant(0.25)"))).toEqual(new Set([0.25]));
});

test.each([...initializers.keys()].filter((name) => name.includes("_")))(
  "%s: the seed decides",
  async (name) => {
    expect(await kernel(name, 5)).toEqual(await kernel(name, 5));
    expect(await kernel(name, 6)).not.toEqual(await kernel(name, 5));
  },
);

test("layers draw different numbers", async () => {
  const executable = await compiled({ input: 4, flow: "dense(4)\n dense(4)" }, { step: [1] });
  executable.init(0);
  const state = executable.readState();
  expect(state.get("dense_1.kernel")).not.toEqual(state.get("dense_2.kernel"));
});
