// Members of an ensemble that draw params: what they draw, and that each is then trained as the network would be by itself.

import { describe, expect, test } from "@jest/globals";
import { layers } from "@netwright/compiler";
import { at, type Drawable } from "@netwright/definitions";
import fc from "fast-check";
import { compiled, modelOf, numbers } from "./support.ts";

const draw = layers.get("members")?.parts({ count: 4, choose: "all", draw: ["rate"] }).draws?.draw;
if (draw === undefined) throw new Error("members draw");

const place = fc.record({
  seed: fc.nat(),
  member: fc.nat(1000),
  param: fc.nat(8),
});

function range(from: number, to: number, options: { whole?: boolean; log?: boolean } = {}): Drawable {
  const { whole = false, log = false } = options;
  return { kind: "range", from, to, whole, log };
}

describe("what a member draws", () => {
  test("lies in the range, and is the same for the same place", () => {
    const ends = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(ends, place, ([from, width], where) => {
        const of = range(from, from + width);
        const value = draw(of, where);
        expect(value).toBeGreaterThanOrEqual(from);
        expect(value).toBeLessThanOrEqual(from + width);
        expect(draw(of, where)).toBe(value);
      }),
    );
  });

  test("lies in the range in logarithms", () => {
    const ends = fc.tuple(
      fc.double({ min: 1e-8, max: 1e3, noNaN: true }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(ends, place, ([from, ratio], where) => {
        const value = draw(range(from, from * ratio, { log: true }), where);
        expect(value).toBeGreaterThanOrEqual(from);
        expect(value).toBeLessThanOrEqual(from * ratio);
      }),
    );
  });

  test("is whole where the range is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.nat(1000),
        fc.boolean(),
        place,
        (from, width, log, where) => {
          const value = draw(range(from, from + width, { whole: true, log }), where);
          expect(Number.isInteger(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(from);
          expect(value).toBeLessThanOrEqual(from + width);
        },
      ),
    );
  });

  const many = (of: Drawable) =>
    Array.from({ length: 4000 }, (_, member) => draw(of, { seed: 5, member, param: 0 }));

  test.each([
    ["a list", { kind: "list", length: 4 }, [0, 1, 2, 3]],
    ["whole numbers", range(3, 6, { whole: true }), [3, 4, 5, 6]],
  ] as const)("is as often each of %s", (_, of, values) => {
    const drawn = many(of);
    for (const value of values) {
      // Of 4000 a fourth, to five standard deviations.
      expect(Math.abs(drawn.filter((one) => one === value).length - 1000)).toBeLessThan(5 * Math.sqrt(750));
    }
  });

  test.each([
    ["differences", range(0, 1), 0.5],
    ["ratios, in logarithms", range(1e-4, 1e-2, { log: true }), 1e-3],
  ] as const)("is as often on either side of the middle of %s", (_, of, middle) => {
    const below = many(of).filter((value) => value < middle).length;
    expect(Math.abs(below - 2000)).toBeLessThan(5 * Math.sqrt(1000));
  });

  test("depends on seed, member and param", () => {
    const of = range(0, 1);
    const base = { seed: 1, member: 2, param: 3 };
    const values = [base, { ...base, seed: 2 }, { ...base, member: 3 }, { ...base, param: 4 }].map((where) =>
      draw(of, where),
    );
    expect(new Set(values).size).toBe(values.length);
  });
});

const rows = 6;
const count = 3;
const batches = Array.from({ length: 12 }, (_, i) => ({
  rows,
  feeds: { x: numbers(3 * rows, 30 * i), y: numbers(rows, 700 + 30 * i) },
}));

/** The weights of one member, under the names that they have in a network without members. */
function weightsOf(state: ReadonlyMap<string, ArrayLike<number>>, member: number): Map<string, Float32Array> {
  return new Map(
    ["1.kernel", "1.bias", "2.kernel", "2.bias"].map((name) => {
      const all = Float32Array.from(state.get(`member_dense_${name}`) ?? []);
      const size = all.length / count;
      return [`dense_${name}`, all.slice(member * size, (member + 1) * size)];
    }),
  );
}

describe("members are trained as as many networks", () => {
  test.each([
    ["the rate of adam", "adam(rate, epsilon: EPS)", 1],
    ["that of a schedule", "adam(warmup(cosine(rate, 10), warmup_steps: 3), epsilon: EPS)", 1],
    ["rate and decay of adamw", "adamw(rate, weight_decay: 2 * decay, epsilon: EPS)", 1],
    ["the decay alone", "adamw(0.01, weight_decay: decay, epsilon: EPS)", 1],
    ["nadam, which keeps a number for all weights", "nadam(rate, epsilon: EPS)", 1],
    ["amsgrad", "adam(rate, amsgrad: true, epsilon: EPS)", 1],
    ["lamb, which goes by the length of weights", "lamb(rate, weight_decay: decay, epsilon: EPS)", 1],
    // The gradient of the mean over members is that share of each one's own.
    ["sgd, whose steps are shorter by the number of members", "sgd(rate, momentum: 0.5)", count],
  ] as const)("with %s", async (_, optimizer, shorter) => {
    // The gradient of a member is a share of that of a network alone, and so is what it is divided by.
    const train = (epsilon: number) =>
      `loss: mse\n optimizer: ${optimizer.replace("EPS", String(epsilon))}\n seed: 7`;
    const params = "param rate = 0.02 in log(0.005..0.2)\nparam decay = 0.5 in 0..4";
    const drawn = ["rate", "decay"].filter((name) => new RegExp(`\\b${name}\\b(?!:)`).test(optimizer));
    const text = {
      flow: `members(${count}, draw: [${drawn.join(", ")}]) -> member_dense(5, tanh) -> member_dense(1)`,
      train: train(1e-7),
      params,
    };
    const draws = new Map(modelOf(text).draws?.map(({ name, values }) => [name, values.map(Number)]));
    expect([...draws.keys()]).toEqual(drawn);
    const together = await compiled(text, { step: [rows], stepsPerEpoch: 12 });
    together.init(7);
    const start = together.readState();
    for (const batch of batches) together.step(batch);
    const ended = together.readState();
    for (let member = 0; member < count; member++) {
      const [rate, decay] = ["rate", "decay"].map((name) => draws.get(name)?.[member] ?? 0.02);
      const single = await compiled(
        {
          flow: "dense(5, tanh) -> dense(1)",
          train: train(count * 1e-7),
          params: `param rate = ${(rate ?? 0) / shorter}\nparam decay = ${decay}`,
        },
        { step: [rows], stepsPerEpoch: 12 },
      );
      single.init(7);
      single.writeState(weightsOf(start, member));
      for (const batch of batches) single.step(batch);
      const alone = single.readState();
      for (const [name, weights] of weightsOf(ended, member)) expectClose(weights, alone.get(name));
    }
    const moved = [0, 1, 2].map((member) => at(weightsOf(ended, member).get("dense_2.bias") ?? [], 0));
    expect(new Set(moved).size).toBe(count);
  });

  test("with a rate of dropout each, that of 0 as without", async () => {
    const train = "loss: mse\n optimizer: adam(";
    const flow = `members(${count}) -> member_dense(5, tanh) -> dropout(by_member([50%, 0, 90%])) -> member_dense(1)`;
    const together = await compiled({ flow, train: `${train}0.01)` }, { step: [rows] });
    together.init(3);
    const start = together.readState();
    const single = await compiled(
      { flow: "dense(5, tanh) -> dense(1)", train: `${train}0.01, epsilon: 3e-7)` },
      { step: [rows] },
    );
    single.init(3);
    single.writeState(weightsOf(start, 1));
    for (const batch of batches) {
      together.step(batch);
      single.step(batch);
    }
    const alone = single.readState();
    const ended = together.readState();
    for (const [name, weights] of weightsOf(ended, 1)) expectClose(weights, alone.get(name));
    expect(weightsOf(ended, 0).get("dense_1.kernel")).not.toEqual(weightsOf(ended, 1).get("dense_1.kernel"));
  });

  test("drop the share of their numbers that they drew, and scale up the others", async () => {
    const shares = [0.25, 0.5, 0.75];
    const flow = `members(3) -> dropout(by_member([${shares.join(", ")}])) -> member_scale(use_bias: true)`;
    // The gradient of a scale is the number that it takes, where the loss is the mean of predictions less a constant.
    const wide = 4000;
    const executable = await compiled(
      { input: wide, flow, train: "loss: mae\n optimizer: sgd(1)" },
      { step: [1] },
    );
    executable.init(1);
    executable.step({
      rows: 1,
      feeds: { x: new Float32Array(wide).fill(1), y: new Float32Array(wide).fill(-5) },
    });
    const scale = Float32Array.from(executable.readState().get("member_scale_1.scale") ?? []);
    for (const [member, share] of shares.entries()) {
      const moves = [...scale.subarray(member * wide, (member + 1) * wide)].map(
        (value) => (1 - value) * wide * 3,
      );
      const kept = moves.filter((move) => Math.abs(move) > 1e-3);
      expect(Math.abs(kept.length / wide - (1 - share))).toBeLessThan(
        (5 * Math.sqrt(share * (1 - share))) / Math.sqrt(wide),
      );
      for (const move of kept) expect(move).toBeCloseTo(1 / (1 - share), 1);
    }
  });
});

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number> | undefined): void {
  expect(actual).toHaveLength(expected?.length ?? 0);
  for (let i = 0; i < actual.length; i++)
    expect(Math.abs((actual[i] ?? Number.NaN) - (expected?.[i] ?? Number.NaN))).toBeLessThan(1e-5);
}
