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
