// The range test of learning rates: its losses are those of training, and what it suggests is what fastai takes for it.

import { describe, expect, test } from "@jest/globals";
import { learningRates, type NetwrightError, train } from "netwright";
import { lowestFrom, smoother, valley } from "../../src/rates/judge-rates.ts";
import { csv, source } from "../support.ts";

const options = { backend: "reference", data: csv } as const;

describe("what losses say", () => {
  // Of an implementation in Python of fastai's smoothed loss (0.98).
  const LOSSES = [
    1.0, 0.98, 1.03, 0.99, 1.01, 0.97, 1.0, 0.99, 1.02, 0.98, 0.97, 0.99, 0.95, 0.93, 0.9, 0.84, 0.7, 0.61,
    0.55, 0.5, 0.52, 0.49, 0.6, 0.8,
  ];

  test("are smoothed without bias, and judged by their longest way down", () => {
    const { add } = smoother();
    const points = LOSSES.map((loss, i) => ({ rate: 2 ** i, loss, smoothed: add(loss).smoothed }));
    expect(points.slice(-4).map(({ smoothed }) => Number(smoothed.toFixed(9)))).toEqual([
      0.858964113, 0.838399231, 0.825570091, 0.824239077,
    ]);
    // Its row is that of the places 10, 11, 12, 13 ... 18, but for those that are not below the one before.
    expect(valley(points)).toBe(14);
    const rising = points.map((point, i) => ({ ...point, smoothed: i }));
    expect(valley(rising)).toBeNull();
    expect(valley(points.slice(0, 9))).toBeNull();
  });

  test("the suggestion is of the way down itself, also where others lie between, and the least loss is behind it", () => {
    // 10 points at the start and 5 at the end are left out.
    const around = (inner: readonly number[]) =>
      [...Array<number>(10).fill(3), ...inner, ...Array<number>(5).fill(9)].map((loss, i) => ({
        rate: 2 ** i,
        loss: 3,
        smoothed: loss,
      }));
    const few = around([1, 5, 4, 6, 7, 8]);
    expect(valley(few)).toBe(11);
    expect(lowestFrom(few, 11)).toBe(12);
    expect(valley(around([1, 5, 6, 7, 4, 8, 9, 3]))).toBe(14);
    expect(valley(around([1, 2, 3, 4]))).toBeNull();
  });

  test("noise alone mostly falls nowhere, and the same noise on a way down does", () => {
    let state = 1;
    const drawn = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const places = (fall: number) =>
      Array.from({ length: 200 }, () => {
        const { add } = smoother();
        return valley(
          Array.from({ length: 100 }, (_, i) => {
            const loss = 1 + drawn() - (fall * Math.max(0, i - 50)) / 50;
            return { rate: 2 ** i, loss, smoothed: add(loss).smoothed };
          }),
        );
      });
    expect(places(0).filter((place) => place === null).length).toBeGreaterThan(150);
    const found = places(1.5).flatMap((place) => place ?? []);
    expect(found.length).toBeGreaterThan(190);
    expect(found.filter((place) => place > 50 && place < 90).length).toBeGreaterThan(190);
  });

  test("of a lucky first batch the least loss is the one behind the suggestion", () => {
    const smoothed = [0.1, 0.5, 0.4, 0.3, 0.35, 0.9];
    const points = smoothed.map((loss, i) => ({ rate: 2 ** i, loss, smoothed: loss }));
    expect(lowestFrom(points, 2)).toBe(3);
    expect(lowestFrom(points, 0)).toBe(0);
  });

  test("have run away beyond four times the least, and where they are no numbers", () => {
    const { add } = smoother();
    for (let i = 0; i < 200; i++) expect(add(1).hasRunAway).toBe(false);
    expect(add(100).hasRunAway).toBe(false);
    expect(add(400).hasRunAway).toBe(true);
    expect(smoother().add(Number.NaN).hasRunAway).toBe(true);
  });
});

test("rates are evenly spaced in their logarithm, and losses those of training with such small ones", async () => {
  const { points, hasRunAway, stated } = await learningRates(source, {
    ...options,
    least: 1e-12,
    most: 1e-9,
    steps: 31,
  });
  expect(hasRunAway).toBe(false);
  expect(stated).toBe(0.02);
  expect(points.map(({ rate }) => rate)).toEqual(
    points.map((_, i) => expect.closeTo(10 ** (-12 + (3 * i) / 30), 20)),
  );
  // Of an epoch of 60 rows in batches of 16, at rates that change no digit of the mean.
  const set = { "train.optimizer.learning_rate": 1e-12 };
  const { history } = await train(source, { ...options, epochs: 1, set });
  const rows = [16, 16, 16, 12];
  const sum = rows.reduce((all, count, i) => all + count * (points[i]?.loss ?? 0), 0);
  expect(sum / 60).toBeCloseTo(history[0]?.loss ?? 0, 5);
});

test("the suggestion trains well, beyond the lowest the loss runs away, and all of it comes again", async () => {
  const set = { "train.optimizer": "sgd" };
  const tested = await learningRates(source, { ...options, set });
  const { suggestion, lowest, hasRunAway } = tested;
  expect(hasRunAway).toBe(true);
  if (suggestion === null) throw new Error("nothing is suggested");
  expect(suggestion).toBeLessThan(lowest);
  expect(suggestion).toBeGreaterThan(1e-4);
  const loss = async (rate: number) => {
    const rates = { ...set, "train.optimizer.learning_rate": rate };
    return (await train(source, { ...options, epochs: 5, set: rates })).history.at(-1)?.loss ?? 0;
  };
  expect(await loss(suggestion)).toBeLessThan((await loss(1e-5)) / 2);
  expect(await learningRates(source, { ...options, set })).toEqual(tested);
  // The same on another backend, and whatever rate or schedule the file has.
  const other = { ...set, "train.optimizer.learning_rate": "cosine(0.1)" };
  const again = await learningRates(source, { ...options, set: other, backend: "jit" });
  expect(again).toEqual({ ...tested, stated: "cosine", advised: `cosine(${tested.advised})` });
});

test("accumulated batches are one step, and no validation rows are needed", async () => {
  const set = { "train.accumulate": 4, "data.split": "random(train: 80%, validation: 0%, test: 20%)" };
  const { points } = await learningRates(source, { ...options, set, most: 1e-3, steps: 20 });
  expect(points).toHaveLength(20);
});

test("too few rates before the loss runs away is an error, and so is a range that is none", async () => {
  const refusal = async (more: Parameters<typeof learningRates>[1]) =>
    learningRates(source, { ...options, ...more }).then(
      () => "",
      ({ diagnostics: [first] }: NetwrightError) => first?.code,
    );
  expect(await refusal({ set: { "train.optimizer": "sgd" }, least: 100, most: 1e6 })).toBe("NW0852");
  expect(await refusal({ least: 1, most: 0.1 })).toBe("NW0911");
  expect(await refusal({ steps: 0 })).toBe("NW0911");
});
