// Windows of series through the public API: train, predict, evaluate, save, load, study, what is refused.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  baseline,
  exportWasm,
  importance,
  load,
  NetwrightError,
  nodeFiles,
  openProject,
  resolvedText,
  type SavableModel,
  study,
  train,
} from "netwright";

const text = `netwright 1

data sales {
  source: "sales.csv"
  target: sold
  features: [sold, open]
  columns { sold: number(unit: "pieces") }
  window { length: 7, horizon: 2, order: day, by: shop }
  split: { train: 60%, validation: 20%, test: 20% }
}

model {
  conv1d(4, kernel_size: 3, activation: tanh)
  flatten
  dense(outputs)
}

train {
  loss: mse
  optimizer: adam(learning_rate: 0.02)
  batch: 16
  epochs: 25
}

expect { test.mae < 4 }
`;

interface Row {
  readonly [column: string]: string | number;
  readonly shop: string;
  readonly day: string;
  readonly open: number;
  readonly sold: number;
}

const WEEK = [3, 1, 0, -9, 4, 8, 6];

/** Weeks that come round, slowly more; two shops, one below the other. */
const rows: readonly Row[] = ["north", "south"].flatMap((shop, s) =>
  Array.from({ length: 120 }, (_, i): Row => {
    const day = new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);
    return {
      shop,
      day,
      open: i % 7 === 3 ? 0 : 1,
      sold: 20 + 10 * s + (WEEK[i % 7] ?? 0) + i / 10,
    };
  }),
);

const folder = mkdtempSync(join(tmpdir(), "netwright-"));
let model: SavableModel;

beforeAll(async () => {
  model = await train(text, { backend: "jit", data: rows });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a model of windows beats what the past says by itself", () => {
  const { test: measured } = model.record.splits;
  expect(measured?.rows).toBe(2 * (24 - 8));
  expect(model.expectations).toMatchObject([{ passed: true }]);
  const { last_value, seasonal_naive } = measured?.naive ?? {};
  // A week before it was 0.7 less, in every row.
  expect(seasonal_naive?.["mae"]).toBeCloseTo(0.7, 9);
  expect(last_value?.["mae"]).toBeGreaterThan(4);
  expect(model.baseline.test).toEqual(seasonal_naive);
  expect(model.warnings.map(({ code }) => code).filter((code) => code !== "NW0842")).toEqual([]);
});

test("the same weights on the reference", async () => {
  const few = { data: rows, epochs: 2 } as const;
  const [jit, reference] = [
    await train(text, { ...few, backend: "jit" }),
    await train(text, { ...few, backend: "reference" }),
  ];
  expect(jit.record.hash.data).toBe(reference.record.hash.data);
  expect(jit.record.hash.ir).toBe(reference.record.hash.ir);
  const mae = (one: SavableModel) => one.metrics.test?.["mae"] ?? Number.NaN;
  expect(mae(jit)).toBeCloseTo(mae(reference), 4);
});

describe("predictions", () => {
  const last = rows.filter(({ day }) => day > "2026-04-20");

  test("one for each window, with the row that it is for, also behind the end", async () => {
    const found = await model.predict(last);
    // Ten days and seven of them in a window, of each shop.
    expect(found.map(({ shop, day }) => `${shop} ${day}`)).toEqual(
      ["north", "south"].flatMap((shop) =>
        ["2026-04-29", "2026-04-30", "2026-05-01", "2026-05-02"].map((day) => `${shop} ${day}`),
      ),
    );
    for (const { sold } of found) expect(Number(sold)).toBeGreaterThan(20);
  });

  test("records may come in any order", async () => {
    const turned = [...last].reverse();
    const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();
    expect(sorted(await model.predict(turned))).toEqual(sorted(await model.predict(last)));
    const none: readonly Row[] = [];
    expect(await model.predict(none)).toEqual([]);
  });

  test("too few records are refused with the number that is needed", async () => {
    const few = last.filter(({ day }) => day < "2026-04-24");
    await expect(model.predict(few)).rejects.toThrow(/NW0698[\s\S]*7 rows that follow one another/);
    await expect(model.predict(rows[0] ?? {})).rejects.toThrow(NetwrightError);
  });

  test("of a saved model are the same", async () => {
    const place = await model.save(join(folder, "runs"));
    const loaded = await load(place, { backend: "jit" });
    expect(await loaded.predict(last)).toEqual(await model.predict(last));
    await loaded.dispose();
  });

  test("of several models together keep their places", async () => {
    const studied = await study(text, { backend: "jit", data: rows, epochs: 2, seeds: 2 });
    const [first] = await studied.predict(last);
    expect(first).toMatchObject({ shop: "north", day: "2026-04-29", sold: expect.any(Number) });
    await studied.dispose();
  });
});

test("evaluation measures the windows whose targets are there", async () => {
  const metrics = await model.evaluate(rows.filter(({ day }) => day > "2026-04-01"));
  expect(metrics["mae"]).toBeCloseTo(model.metrics.test?.["mae"] ?? Number.NaN, 0);
  await expect(model.evaluate(rows.slice(0, 8))).rejects.toThrow(/NW0698/);
});

test("simple models learn of the same windows, beside what the past says", async () => {
  const found = await baseline(text, { data: rows });
  expect(found.models.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["seasonal_naive", "last_value", "linear", "neighbours"]),
  );
  const naive = model.record.splits.test?.naive?.seasonal_naive;
  expect(found.models.find(({ name }) => name === "seasonal_naive")?.test).toEqual(naive);
});

test("a column is dealt out with all steps of its window", async () => {
  const found = await importance(model.bundle, { backend: "jit", data: rows });
  expect(found.columns[0]?.column).toBe("sold");
  expect(found.columns[0]?.mean).toBeGreaterThan(1);
});

test("folds of windows are refused, and no split by chance is advised", async () => {
  const folds = study(text, { backend: "jit", data: rows, folds: 2 });
  await expect(folds).rejects.toThrow(/NW0618[\s\S]*several seeds: rows of a window follow one another/);
});

test("a module of a model of windows is refused with the reason", async () => {
  await expect(exportWasm(model.bundle)).rejects.toThrow(/NW0843[\s\S]*windows of 7 rows/);
});

test("the file with every default gives the same model", async () => {
  const project = openProject({ file: "sales.net", text }, { files: nodeFiles(), data: rows });
  if (project.model === undefined) throw new Error("a sound file gives a model");
  const written = resolvedText(project.model);
  expect(written).toContain(
    "window { length: 7, horizon: 2, order: day, by: shop, spacing: regular, border: closed }",
  );
  const again = await train(written, { backend: "jit", data: rows, epochs: 1 });
  expect(again.record.hash.data).toBe(model.record.hash.data);
});
