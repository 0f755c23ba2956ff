// A study: each run is the training alone, the metrics are over all of them, and they predict together.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  load,
  NetwrightError,
  type SavableModel,
  type Study,
  StudyError,
  type StudyRun,
  study,
  train,
} from "netwright";
import * as browser from "../../src/browser/index.ts";
import { csv, points, source } from "../support.ts";

const options = { backend: "reference", data: csv, epochs: 4 } as const;
const hashes = ({ record }: SavableModel) => ({
  ...record.hash,
  seed: record.seed,
  overrides: record.overrides,
});

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "netwright-study-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("seeds", () => {
  let found: Study<SavableModel>;
  beforeAll(async () => {
    found = await study(source, { ...options, seeds: [7, 2, 4294967295] });
  });

  test("each run has the bits of the same training alone", async () => {
    expect(found.status).toBe("completed");
    expect(found.runs.map(({ record }) => record.seed)).toEqual([7, 2, 4294967295]);
    for (const run of found.runs) {
      const alone = await train(source, { ...options, seed: run.record.seed });
      expect(hashes(run)).toEqual(hashes(alone));
      expect(run.bundle.model).toEqual(alone.bundle.model);
      expect(run.metrics).toEqual(alone.metrics);
      expect(run.history.map(({ loss }) => loss)).toEqual(alone.history.map(({ loss }) => loss));
      expect(run.warnings).toEqual(alone.warnings);
      expect(run.fold).toBeNull();
    }
  });

  test("mean and deviation of every metric of every split, with the values", () => {
    for (const split of ["train", "validation", "test"] as const) {
      const labels = Object.keys(found.runs[0]?.metrics[split] ?? {});
      expect(labels).toContain("mae");
      expect(Object.keys(found.metrics[split] ?? {})).toEqual(labels);
      for (const label of labels) {
        const spread = found.metrics[split]?.[label];
        const values = found.runs.map(({ metrics }) => metrics[split]?.[label] ?? Number.NaN);
        const mean = ((values[0] ?? 0) + (values[1] ?? 0) + (values[2] ?? 0)) / 3;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2;
        expect(spread?.values).toEqual(values);
        expect(spread?.mean).toBeCloseTo(mean, 12);
        expect(spread?.deviation).toBeCloseTo(Math.sqrt(variance), 12);
        expect(spread?.deviation).toBeGreaterThan(0);
        expect(spread?.standardError).toBeCloseTo(Math.sqrt(variance / 3), 12);
      }
    }
  });

  test("numbers are predicted as the mean of the runs, one record or many", async () => {
    const records = points.slice(0, 40).map(({ a, b }) => ({ a, b }));
    const each = await Promise.all(found.runs.map((run) => run.predict(records)));
    const all = await found.predict(records);
    for (const [row, { y }] of all.entries()) {
      const sum = each.reduce((total, of) => total + Number(of[row]?.["y"]), 0);
      expect(Number(y)).toBeCloseTo(sum / 3, 12);
    }
    expect(await found.predict({ b: points[3]?.b ?? 0, a: points[3]?.a ?? 0 })).toEqual(all[3]);
    expect(await found.predict([])).toEqual([]);
    await expect(found.predict({ a: 1 })).rejects.toThrow(NetwrightError);
    await expect(found.predict({ a: 11, b: 0 })).rejects.toThrow(/10/);
  });

  test("a run is saved and loaded as any other", async () => {
    const [, run] = found.runs;
    const directory = (await run?.save(folder)) ?? "";
    expect(await load(directory, { backend: "reference" }).predict({ a: 1, b: 1 })).toEqual(
      await run?.predict({ a: 1, b: 1 }),
    );
    await found.dispose();
    await expect(found.predict({ a: 1, b: 1 })).rejects.toThrow();
  });
});

test.each([
  [{ seeds: 3 }, [3, 4, 5]],
  [{ seeds: 2, seed: 9 }, [9, 10]],
  [{ seeds: 2, set: { "train.seed": 6 } }, [6, 7]],
  [{ seeds: 2, seed: 4294967295 }, [4294967295, 0]],
  [{}, [3]],
])("%j counts on from the seed of the file or the option", async (asked, seeds) => {
  const { runs, metrics } = await study(source, { ...options, epochs: 1, ...asked });
  expect(runs.map(({ record }) => record.seed)).toEqual(seeds);
  if (runs.length === 1) {
    expect(metrics.test?.["mae"]).toEqual({
      values: [runs[0]?.metrics.test?.["mae"]],
      mean: runs[0]?.metrics.test?.["mae"],
      deviation: null,
      standardError: null,
    });
  }
  const last = seeds.at(-1) ?? 0;
  const alone = await train(source, { ...options, epochs: 1, seed: last });
  expect(runs.at(-1)?.record.hash).toEqual(alone.record.hash);
});

test("the seeds of the file count where the option does not say others", async () => {
  const text = source.replace(/train \{/, "train {\n  seeds: 2");
  expect(text).not.toBe(source);
  const seedsOf = ({ runs }: Study) => runs.map(({ fold, record }) => [fold, record.seed]);
  const short = { ...options, epochs: 1 };
  const stated = await study(text, short);
  expect(seedsOf(stated)).toEqual([
    [null, 3],
    [null, 4],
  ]);
  expect(seedsOf(await study(text, { ...short, resume: stated }))).toEqual(seedsOf(stated));
  expect(seedsOf(await study(text, { ...short, seed: 8, folds: 2 }))).toEqual([
    [0, 8],
    [0, 9],
    [1, 8],
    [1, 9],
  ]);
  expect(seedsOf(await study(text, { ...short, seeds: 1 }))).toEqual([[null, 3]]);
  expect(seedsOf(await study(text, { ...short, seeds: [5] }))).toEqual([[null, 5]]);
});

describe("folds", () => {
  test("each fold is tested on once, with every seed; a run does not depend on the others", async () => {
    const whole = await study(source, { ...options, epochs: 1, seeds: [1, 2], folds: 4 });
    expect(whole.runs.map(({ fold, record }) => [fold, record.seed])).toEqual([
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
    ]);
    expect(new Set(whole.runs.map(({ record }) => record.hash.data)).size).toBe(4);
    for (const { record } of whole.runs) {
      expect([record.splits.train?.rows, record.splits.validation?.rows, record.splits.test?.rows]).toEqual([
        56, 19, 25,
      ]);
    }
    expect(whole.metrics.test?.["mae"]?.values).toHaveLength(8);
    const second = await study(source, { ...options, epochs: 1, seeds: [2], folds: 4 });
    expect(second.runs.map(hashes)).toEqual(whole.runs.filter(({ record }) => record.seed === 2).map(hashes));
  });

  test("more folds than rows are an error of the split, before the first run", async () => {
    await expect(study(source, { ...options, folds: 101 })).rejects.toThrow(/NW0647[\s\S]*at least 101 rows/);
  });
});

describe("classes", () => {
  const flowers = `netwright 1
data flowers { source: "flowers.csv" target: kind columns { kind: category } split: { train: 60%, validation: 20%, test: 20%, seed: 1 } }
model { dense(4, tanh) -> dense(3) }
train { loss: cross_entropy epochs: 3 batch: 8 }
`;
  const rows = Array.from({ length: 60 }, (_, i) => ({
    length: (i % 12) + Math.floor(i / 12) / 10,
    kind: ["rose", "tulip", "aster"][Math.floor((i % 12) / 4)] ?? "",
  }));

  test("the mean of the probabilities decides", async () => {
    const found = await study(flowers, { backend: "reference", data: rows, seeds: 4 });
    const records = rows.map(({ length }) => ({ length }));
    const each = await Promise.all(found.runs.map((run) => run.predict(records)));
    const all = await found.predict(records);
    expect(all).toHaveLength(60);
    for (const [row, prediction] of all.entries()) {
      const shares = prediction["probabilities"];
      if (typeof shares !== "object") throw new Error("no probabilities");
      for (const [word, share] of Object.entries(shares)) {
        const given = each.map((of) => of[row]?.["probabilities"]);
        const sum = given.reduce(
          (total: number, one) => total + (typeof one === "object" ? (one[word] ?? 0) : 0),
          0,
        );
        expect(share).toBeCloseTo(sum / 4, 12);
      }
      const most = Math.max(...Object.values(shares));
      expect(shares[String(prediction["kind"])]).toBe(most);
    }
    expect(found.metrics.test?.["accuracy"]?.values).toHaveLength(4);
    const one = await study(flowers, { backend: "reference", data: rows });
    expect(await one.predict(records)).toEqual(await one.runs[0]?.predict(records));
  });
});

test("an abort ends the study with the runs so far", async () => {
  const abort = new AbortController();
  let epochs = 0;
  const onEpoch = () => {
    epochs++;
    if (epochs === 6) abort.abort();
  };
  const found = await study(source, { ...options, seeds: 5, signal: abort.signal, onEpoch });
  expect(found.status).toBe("interrupted");
  expect(found.runs.map(({ status, history }) => [status, history.length])).toEqual([
    ["completed", 4],
    ["interrupted", 2],
  ]);
  expect(found.metrics.test?.["mae"]?.values).toHaveLength(2);
});

describe("a study that goes on", () => {
  const asked = { ...options, folds: 3, repeats: 2 } as const;

  test("after an abort has the results of one that nothing has ended", async () => {
    const whole = await study(source, asked);
    expect(whole.runs.map(({ repeat, fold }) => [repeat, fold])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(new Set(whole.runs.map(({ record }) => record.hash.data)).size).toBe(6);
    const abort = new AbortController();
    let epochs = 0;
    const onEpoch = () => {
      epochs++;
      if (epochs === 10) abort.abort();
    };
    const done: number[] = [];
    const onRun = (run: StudyRun<SavableModel>) => done.push(run.record.seed);
    const part = await study(source, { ...asked, signal: abort.signal, onEpoch, onRun });
    expect(part.runs.map(({ status }) => status)).toEqual(["completed", "completed", "interrupted"]);
    expect(part.expectations).toEqual([]);
    expect(done).toHaveLength(2);
    const other = await study(source, { ...asked, resume: part, onRun });
    expect(done).toHaveLength(6);
    expect(other.runs[0]).toBe(part.runs[0]);
    expect(other.runs.map(hashes)).toEqual(whole.runs.map(hashes));
    expect(other.metrics).toEqual(whole.metrics);
    expect(other.expectations).toEqual(whole.expectations);
    expect(whole.expectations).toEqual([
      { text: "test.r2 > 0.9", value: whole.metrics.test?.["r2"]?.mean, passed: true },
    ]);
    expect((await study(source, { ...asked, resume: whole })).expectations).toEqual(whole.expectations);
    expect(await other.predict({ a: 1, b: 2 })).toEqual(await whole.predict({ a: 1, b: 2 }));

    const changed = csv.replace("-4.5,-4.5", "-4.5,-4.25");
    await expect(study(source, { ...asked, data: changed, resume: part })).rejects.toThrow(
      /NW0804[\s\S]*the data has/,
    );
    await expect(study(source, { ...asked, epochs: 5, resume: part })).rejects.toThrow(
      /NW0804[\s\S]*a setting/,
    );
    await expect(study(source, { ...asked, folds: 4, repeats: 1, seeds: [1], resume: part })).rejects.toThrow(
      /`resume` of `study`[\s\S]*a study with the same `seeds`, `folds` and `repeats`/,
    );
  });

  test("repeats want folds", async () => {
    await expect(study(source, { ...options, repeats: 2 })).rejects.toThrow(
      /NW0911[\s\S]*`folds` beside `repeats`/,
    );
  });

  test("folds of a file in the order of time are refused", async () => {
    const text = source.replace(/split: \{.*\}/, "split: by_time(a, train: 60%, validation: 20%, test: 20%)");
    await expect(study(text, { ...options, folds: 3 })).rejects.toThrow(/NW0618/);
  });

  test("folds keep groups of the file together, and classes in proportion", async () => {
    const text = source
      .replace(/split: \{.*\}/, "split: grouped(a, train: 60%, validation: 20%, test: 20%)")
      .replace('columns { a: number(unit: "m", min: -10, max: 10) }', "features: [b]");
    const grouped = await study(text, { ...options, epochs: 1, folds: 5 });
    const alone = await train(
      text.replace("grouped(a,", "grouped_fold(a, 2, 5,").replace(", test: 20%)", ")"),
      {
        ...options,
        epochs: 1,
      },
    );
    expect(grouped.runs[2]?.record.hash).toEqual(alone.record.hash);
    expect(grouped.runs.map(({ record }) => record.splits.test?.rows)).toEqual([20, 20, 20, 20, 20]);
  });
});

test("what is wrong with the file or the table is said as by train", async () => {
  for (const [text, data] of [
    [source.replace("tanh", "tahn"), csv],
    [source, csv.replace("4.5", "four")],
  ] as const) {
    const alone = await train(text, { ...options, data }).catch((error: unknown) => error);
    expect(
      await study(text, { ...options, data, seeds: 2, folds: 2 }).catch((error: unknown) => error),
    ).toEqual(alone);
    expect(alone).toBeInstanceOf(NetwrightError);
  }
});

test("a run that fails is named, but for the first, which is the training alone", async () => {
  const words = [...points.map((_, i) => `${i},${i % 2 === 0 ? "even" : "odd"}`), "100,rare"];
  const rare = ["x,word", ...words].join("\n");
  const text =
    'netwright 1\ndata { source: "w.csv", target: word, split: { train: 70%, validation: 15%, test: 15%, seed: 3 } }\nmodel { dense(outputs) }\n' +
    "train { loss: cross_entropy, epochs: 1 }\n";
  const failed = await study(text, { ...options, data: rare, folds: 3 }).catch((error: unknown) => error);
  if (!(failed instanceof StudyError)) throw failed;
  expect(failed).toBeInstanceOf(NetwrightError);
  expect(String(failed)).toMatch(/NW0658[\s\S]*= It is run 2 of the study: seed 0, fold 1, counted from 0\./);
  // What was done is given back, and can be used.
  expect(failed.study).toMatchObject({ status: "failed", expectations: [] });
  expect(failed.study.runs.map(({ fold }) => fold)).toEqual([0]);
  expect(await failed.study.predict({ x: 3 })).toEqual(await failed.study.runs[0]?.predict({ x: 3 }));
});

describe.each([
  ["Node", study],
  ["browsers", browser.study],
])("in %s", (_, run) => {
  test.each([
    [{ seeds: 0 }, /`seeds` of `study` is 0[\s\S]*a whole number from 1, or a list of different seeds/],
    [{ seeds: [] }, /`seeds` of `study` is an empty list/],
    [{ seeds: [1, 1] }, /`seeds` of `study` is a list/],
    [{ seeds: [1, -1] }, /`seeds` of `study` is a list/],
    [{ seeds: "3" }, /`seeds` of `study` is "3"/],
    [{ folds: 1 }, /`folds` of `study` is 1[\s\S]*a whole number from 2/],
    [{ folds: 2.5 }, /`folds` of `study` is 2.5/],
    [{ fold: 5 }, /`study` has no option `fold`[\s\S]*Did you mean `folds`\?/],
    [{ n_splits: 5 }, /Did you mean `folds`\?/],
    [{ seeds: [1, 2], seed: 3 }, /`seed` of `study` is 3[\s\S]*no `seed` beside a list of `seeds`/],
    [{ repeats: 0, folds: 2 }, /`repeats` of `study` is 0/],
    [{ resume: {} }, /`resume` of `study`[\s\S]*a study, as `study` gives it/],
    [{ onRun: 1 }, /`onRun` of `study` is 1/],
    [{ epochs: 0 }, /`epochs` of `study` is 0/],
  ])("%j is refused", async (asked, message) => {
    const wrong = run("no file", { ...asked } as object);
    await expect(wrong).rejects.toThrow(message);
    await expect(wrong).rejects.toMatchObject({ diagnostics: [{ code: "NW0911" }] });
  });
});

test("in browsers the runs have their files", async () => {
  const found = await browser.study(source, {
    backend: "reference",
    files: new Map([["line.csv", csv]]),
    epochs: 2,
    seeds: 2,
  });
  const [first] = found.runs;
  expect([...(first?.files().keys() ?? [])]).toContain("record.json");
  const alone = await train(source, { ...options, epochs: 2 });
  expect(first?.record.hash.weights).toBe(alone.record.hash.weights);
});
