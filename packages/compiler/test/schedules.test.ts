// Learning rates of schedules against values of Keras 3.15.1, and against the state that a step leaves.

import { expect, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import { compiled, modelOf, numbers } from "./support.ts";

/** The rate of each step: with a gradient of 1 it is what the weight of `sgd` loses. */
async function rates(schedule: string, steps: number, options: { perEpoch?: number; epochs?: number } = {}) {
  const { perEpoch = 1, epochs = 100 } = options;
  const executable = await compiled(
    {
      input: 1,
      flow: "dense(1, use_bias: false, kernel_initializer: zeros)",
      train: `loss: mae\n epochs: ${epochs}\n optimizer: sgd(learning_rate: ${schedule})`,
    },
    { step: [1], stepsPerEpoch: perEpoch },
  );
  executable.init(0);
  return Array.from({ length: steps }, () => {
    executable.writeState(new Map([["dense_1.kernel", Float32Array.of(0)]]));
    executable.step({ rows: 1, feeds: { x: Float32Array.of(1), y: Float32Array.of(-1) } });
    return -(executable.readState().get("dense_1.kernel")?.[0] ?? Number.NaN);
  });
}

const keras: readonly (readonly [string, readonly number[]])[] = [
  [
    "cosine(1, decay_steps: 10, alpha: 0.1)",
    [
      1, 0.9779754, 0.9140576, 0.8145034, 0.68905765, 0.54999995, 0.41094226, 0.28549665, 0.18594232,
      0.12202458, 0.1, 0.1,
    ],
  ],
  [
    "cosine(0, decay_steps: 6, warmup_target: 1, warmup_steps: 4)",
    [0, 0.25, 0.5, 0.75, 1, 0.9330127, 0.75, 0.49999997, 0.24999997, 0.066987306, 0, 0],
  ],
  [
    "exponential_decay(1, decay_steps: 4, decay_rate: 0.5)",
    [
      1, 0.8408964, 0.70710677, 0.59460354, 0.5, 0.4204482, 0.35355338, 0.29730177, 0.25, 0.2102241,
      0.17677669, 0.14865088,
    ],
  ],
  [
    "exponential_decay(1, decay_steps: 4, decay_rate: 0.5, staircase: true)",
    [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25],
  ],
];

test.each(keras)("%s", async (schedule, expected) => {
  const found = await rates(schedule, expected.length);
  for (const [i, rate] of found.entries()) expect(Math.abs(rate - (expected[i] ?? 0))).toBeLessThan(2e-7);
});

test("without decay_steps, exponential_decay counts epochs and cosine takes the whole training", async () => {
  const places = { perEpoch: 3, epochs: 4 };
  expect(await rates("exponential_decay(1, decay_rate: 0.5, staircase: true)", 7, places)).toEqual([
    1, 1, 1, 0.5, 0.5, 0.5, 0.25,
  ]);
  const whole = await rates("cosine(1)", 12, places);
  expect(whole).toEqual(await rates("cosine(1, decay_steps: 12)", 12));
  expect(await rates("cosine(1, warmup_steps: 4)", 12, places)).toEqual(
    await rates("cosine(0, decay_steps: 8, warmup_target: 1, warmup_steps: 4)", 12),
  );
});

test("a schedule drives every optimizer: with a factor of 1 it is the number", async () => {
  const flow = "dense(2)";
  for (const optimizer of ["sgd(momentum: 0.9, ", "adam(", "adamw(", "rmsprop("]) {
    const trained = async (rate: string) => {
      const train = `optimizer: ${optimizer}learning_rate: ${rate})`;
      const executable = await compiled({ flow, train }, { step: [2], stepsPerEpoch: 5 });
      executable.init(3);
      for (let i = 0; i < 4; i++) {
        executable.step({ rows: 2, feeds: { x: numbers(6, i), y: numbers(4, 100 + i) } });
      }
      return executable.readState();
    };
    expect(await trained("exponential_decay(0.25, decay_rate: 1)")).toEqual(await trained("0.25"));
  }
});

test("a schedule asks for the steps of an epoch where it needs them, and a number never", () => {
  const model = (rate: string) =>
    modelOf({ flow: "dense(1)", train: `optimizer: sgd(learning_rate: ${rate})` });
  expect(() => lower(model("cosine(1)"), { step: [1] })).toThrow("steps in an epoch");
  expect(lower(model("cosine(1, decay_steps: 3)"), { step: [1] }).functions).toHaveLength(4);
  expect(lower(model("1"), { step: [1] }).functions).toHaveLength(4);
});

test("a factor from outside multiplies the rate; without it no variable is there", async () => {
  const model = {
    input: 1,
    flow: "dense(1, use_bias: false, kernel_initializer: zeros)",
    train: "loss: mae\n optimizer: sgd(learning_rate: 0.5)",
  };
  const state = (rateFactor: boolean) =>
    lower(modelOf(model), { step: [1], rateFactor }).state.map(({ name, role }) => `${role} ${name}`);
  expect(state(false)).toEqual(["weight dense_1.kernel", "counter step"]);
  expect(state(true)).toEqual(["weight dense_1.kernel", "counter step", "control rate_factor"]);

  const executable = await compiled(model, { step: [1], rateFactor: true });
  const batch = { rows: 1, feeds: { x: Float32Array.of(1), y: Float32Array.of(-9) } };
  executable.init(0);
  const weightAfterStep = () => {
    executable.step(batch);
    return executable.readState().get("dense_1.kernel")?.[0];
  };
  expect(weightAfterStep()).toBe(-0.5);
  executable.writeState(new Map([["rate_factor", Float32Array.of(0.25)]]));
  expect(weightAfterStep()).toBe(-0.625);
  expect(weightAfterStep()).toBe(-0.75);
});
