// Learning rates of schedules against values of `golden/schedules.jsonl`, whose first line says where they come from, and
// against the state that a step leaves.

import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { definitions, lower, watchedRate } from "@netwright/compiler";
import { isSchedule, rangeOfSchedule } from "@netwright/definitions";
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

/** It says what its numbers lie between, and comes to the largest of them, or near. */
function expectInRange(schedule: string, found: readonly number[]): void {
  const rate = modelOf({ flow: "dense(1)", train: `optimizer: sgd(learning_rate: ${schedule})` }).train
    ?.optimizer.args["learning_rate"];
  if (!isSchedule(rate)) throw new Error(`${schedule} is no schedule`);
  const { min, max } = rangeOfSchedule(rate, definitions.schedule);
  expect(Math.min(...found)).toBeGreaterThanOrEqual(min);
  expect(Math.max(...found)).toBeLessThan(max * 1.000001);
  if (Number.isFinite(max)) expect(Math.max(...found)).toBeGreaterThan(max / 2);
}

interface Golden {
  readonly library: string;
  readonly schedule: string;
  readonly values: readonly number[];
}

const lines = readFileSync(new URL("./golden/schedules.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const cases = lines.slice(1).map((line): Golden => JSON.parse(line));

test.each(cases.map((golden) => [golden.schedule, golden.library, golden.values] as const))(
  "%s is that of %s",
  async (schedule, _, expected) => {
    const found = await rates(schedule, expected.length);
    expectInRange(schedule, found);
    for (const [i, rate] of found.entries()) expect(Math.abs(rate - (expected[i] ?? 0))).toBeLessThan(5e-7);
  },
);

const whole: readonly (readonly [string, readonly number[]])[] = [
  ["flat_cosine(1)", [1, 1, 1, 1, 1, 0.8535534, 0.5, 0.14644662]],
  ["flat_cosine(1, flat: 0, warmup_steps: 2)", [0, 0.5, 0.8535534, 0.69134172, 0.5]],
  [
    "log_cosine(1)",
    [0, 1, 2, 3, 4, 5, 6, 7].map(
      (step) => 0.5 * (1 - Math.cos(2 * Math.PI * Math.log2(1 + (15 * step) / 8))),
    ),
  ],
  ["polynomial_decay(1, end_learning_rate: 0)", [1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0]],
  ["one_cycle(1, anneal_strategy: linear)", [0.04, 0.7257143, 0.8928576, 0.7142868]],
  ["warmup(1, warmup_steps: 4)", [0, 0.25, 0.5, 0.75, 1, 1]],
  [
    "warmup(exponential_decay(1, decay_steps: 1, decay_rate: 0.5), warmup_steps: 2)",
    [0, 0.5, 1, 0.5, 0.25, 0.125],
  ],
  ["warmup(cosine(1), warmup_steps: 4)", [0, 0.25, 0.5, 0.75, 1, 0.8535534, 0.5, 0.14644661, 0]],
];

test.each(whole)("%s over 8 steps", async (schedule, expected) => {
  const found = await rates(schedule, expected.length, { perEpoch: 4, epochs: 2 });
  expectInRange(schedule, found);
  for (const [i, rate] of found.entries()) expect(Math.abs(rate - (expected[i] ?? 0))).toBeLessThan(1e-4);
});

test("log_cosine falls to nothing between its waves, each twice as long as the last", async () => {
  const found = await rates("log_cosine(1)", 15, { epochs: 15 });
  for (const step of [0, 1, 3, 7]) expect(Math.abs(found[step] ?? 1)).toBeLessThan(1e-6);
  for (const step of [2, 5, 10]) expect(found[step] ?? 0).toBeGreaterThan(0.9);
});

test.each([
  ["cosine_restarts(1, first_decay_steps: 20000, t_mul: 1)", 20_000],
  ["cosine_restarts(1, first_decay_steps: 3)", 3 + 6 + 12 + 24 + 48 + 96],
  ["cosine_restarts(1, first_decay_steps: 1000, t_mul: 3)", 1000 + 3000 + 9000],
])("a wave of %s lasts until step %i", async (schedule, end) => {
  const executable = await compiled(
    {
      input: 1,
      flow: "dense(1, use_bias: false, kernel_initializer: zeros)",
      train: `loss: mae\n optimizer: sgd(learning_rate: ${schedule})`,
    },
    { step: [1] },
  );
  const rateAt = (step: number) => {
    executable.init(0);
    executable.writeState(new Map([["step", Int32Array.of(step)]]));
    executable.step({ rows: 1, feeds: { x: Float32Array.of(1), y: Float32Array.of(-1) } });
    return -(executable.readState().get("dense_1.kernel")?.[0] ?? Number.NaN);
  };
  expect(rateAt(end - 1)).toBeLessThan(0.01);
  expect(rateAt(end)).toBe(1);
});

test.each([
  [
    "piecewise_constant(boundaries: [2, 5], values: [1, 2])",
    "`values` of piecewise_constant are one more than",
  ],
  [
    "piecewise_constant(boundaries: [5, 2], values: [1, 2, 3])",
    "`boundaries` of piecewise_constant are in order",
  ],
  ["one_cycle(1, pct_start: 0.6, three_phase: true)", "`pct_start` of one_cycle is at most 50%"],
])("%s is refused", (schedule, message) => {
  const train = `optimizer: sgd(learning_rate: ${schedule})`;
  expect(() => modelOf({ flow: "dense(1)", train })).toThrow(message);
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

test("plateau multiplies the rate with a variable; without it no variable is there", async () => {
  const model = (rate: string) => ({
    input: 1,
    flow: "dense(1, use_bias: false, kernel_initializer: zeros)",
    train: `loss: mae\n optimizer: sgd(learning_rate: ${rate})`,
  });
  const state = (rate: string) =>
    lower(modelOf(model(rate)), { step: [1] }).state.map(({ name, role }) => `${role} ${name}`);
  expect(state("0.5")).toEqual(["weight dense_1.kernel", "counter step"]);
  const watched = ["weight dense_1.kernel", "counter step", "control rate_factor"];
  expect(state("plateau(0.5)")).toEqual(watched);
  expect(state("warmup(plateau(0.5), warmup_steps: 2)")).toEqual(watched);

  const executable = await compiled(model("plateau(0.5)"), { step: [1] });
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

interface GoldenPlateau {
  readonly plateau: string;
  readonly losses: readonly number[];
  readonly values: readonly number[];
}

const plateaus = readFileSync(new URL("./golden/plateaus.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line): GoldenPlateau => JSON.parse(line));

test.each(plateaus.map((golden) => [golden.plateau, golden] as const))("%s", (plateau, golden) => {
  const { train } = modelOf({ flow: "dense(1)", train: `optimizer: sgd(learning_rate: ${plateau})` });
  const watched = train === null ? null : watchedRate(train.optimizer, definitions);
  const found = golden.losses.map(
    (_, i) => watched?.control(golden.losses.slice(0, i + 1)).get("rate_factor")?.[0],
  );
  expect(found).toEqual(golden.values);
});

test("plateau falls to its least rate, and a loss that rises by less than min_delta is no better one", () => {
  const { train } = modelOf({
    flow: "dense(1)",
    train:
      "optimizer: sgd(learning_rate: plateau(0.5, patience: 1, factor: 0.5, min_delta: 0.1, min_learning_rate: 0.2))",
  });
  const watched = train === null ? null : watchedRate(train.optimizer, definitions);
  const factor = (...losses: number[]) => watched?.control(losses).get("rate_factor")?.[0];
  expect(factor(1)).toBe(1);
  expect(factor(1, 0.95)).toBe(0.5);
  expect(factor(1, 0.95, 0.8)).toBe(0.5);
  expect(factor(1, 0.95, 0.8, 0.75)).toBe(Math.fround(0.4));
  // A loss below 0 that stays is a plateau too: the tolerance is no share of it.
  expect(factor(-1, -1)).toBe(0.5);
});
