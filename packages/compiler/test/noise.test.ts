// Layers that draw random numbers: how their numbers lie, of ones as Keras' own, and that predictions go through them
// unchanged. Expected means and deviations are those of Keras 3.15.1, of 80,000 numbers.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { lower } from "@netwright/compiler";
import { compile, type Executable } from "@netwright/runtime";
import { compiled, modelOf, numbers } from "./support.ts";

const [ROWS, STEPS, CHANNELS] = [20, 50, 4];
const COUNT = ROWS * STEPS * CHANNELS;
const ones = new Float32Array(COUNT).fill(1);

/**
 * What a layer makes of ones while training, read off a step: behind it each number has a factor of 0, and the gradient
 * of that factor is the number, as targets are far below.
 */
async function drawn(flow: string): Promise<readonly number[]> {
  const train = "loss: mae\n optimizer: sgd(learning_rate: 1)";
  const model = modelOf({ input: `${STEPS}, ${CHANNELS}`, flow: `${flow}\n flatten\n learned_scale`, train });
  const executable = await compile(referenceBackend, lower(model, { step: [1] }));
  executable.init(3);
  const all: number[] = [];
  const size = STEPS * CHANNELS;
  for (let row = 0; row < ROWS; row++) {
    executable.writeState(new Map([["learned_scale_1.scale", new Float32Array(size)]]));
    executable.step({ rows: 1, feeds: { x: ones.subarray(0, size), y: new Float32Array(size).fill(-1e6) } });
    // The loss is a mean over the numbers of a row.
    all.push(...(executable.readState().get("learned_scale_1.scale") ?? []).map((moved) => -moved * size));
  }
  return all;
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const deviation = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - middle) ** 2)));
};

describe.each([
  ["dropout(0.5)", 1, 1, [0, 2]],
  ["spatial_dropout(0.5)", 1, 1, [0, 2]],
  ["gaussian_dropout(0.5)", 1, 1, null],
  ["alpha_dropout(0.5)", 0.44, 1.22, [-0.77919, 1.6656]],
  ["gaussian_noise(0.5)", 1, 0.5, null],
])("%s of ones", (flow, middle, spread, distinct) => {
  test("lies as Keras' does while training", async () => {
    const values = await drawn(flow);
    // Of a channel in 80 all numbers fall together.
    const digits = flow.startsWith("spatial") ? 0 : 1;
    expect(mean(values)).toBeCloseTo(middle, digits);
    expect(deviation(values)).toBeCloseTo(spread, digits);
    if (distinct !== null) {
      const found = [...new Set(values.map((x) => Math.round(x * 1e3) / 1e3))].sort((a, b) => a - b);
      expect(found).toEqual(distinct.map((x) => Math.round(x * 1e3) / 1e3));
    }
  });

  test("is left alone by predictions", async () => {
    const model = { input: `${STEPS}, ${CHANNELS}`, flow };
    const executable = await compiled(model, { predict: [ROWS] });
    const x = numbers(COUNT);
    expect(executable.predict({ rows: ROWS, feeds: { x } })).toEqual(x);
  });

  test("draws nothing at 0", () => {
    const still = modelOf({ input: "4, 2", flow: flow.replace("0.5", "0") });
    expect(lower(still, { step: [1] }).state.map(({ role }) => role)).not.toContain("random");
    const random = modelOf({ input: "4, 2", flow });
    expect(lower(random, { step: [1] }).state.map(({ role }) => role)).toContain("random");
  });
});

test("spatial_dropout drops a channel at all steps of a row", async () => {
  const values = await drawn("spatial_dropout(0.5)");
  for (let row = 0; row < ROWS; row++) {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const own = values.filter(
        (_, i) => Math.floor(i / (STEPS * CHANNELS)) === row && i % CHANNELS === channel,
      );
      expect(new Set(own.map(Math.round)).size).toBe(1);
    }
  }
  expect(() => modelOf({ input: 4, flow: "spatial_dropout(0.5)" })).toThrow("its input has no steps");
});

test("in a frozen layer nothing is drawn", async () => {
  const stepped = async (flow: string): Promise<Executable> => {
    const executable = await compiled({ flow: `${flow}\n dense(1)` }, { step: [4] });
    executable.init(1);
    return executable;
  };
  const feeds = { x: numbers(12), y: numbers(4, 50) };
  const noisy = (await stepped("gaussian_noise(0.5)")).step({ rows: 4, feeds }).loss;
  expect(noisy).not.toBe((await stepped("linear")).step({ rows: 4, feeds }).loss);
  expect(noisy).toBe((await stepped("gaussian_noise(0.5)")).step({ rows: 4, feeds }).loss);
});
