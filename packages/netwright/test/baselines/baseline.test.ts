// `baseline` of the API, over the kinds of targets and features that a file may have.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { type Baselines, baseline, NetwrightError, train } from "netwright";

// Trees have tests of their own, and take longer than all else.
const absent = () => {
  throw Object.assign(new Error("Cannot find package 'ydf-training'"), { code: "ERR_MODULE_NOT_FOUND" });
};
try {
  jest.unstable_mockModule("ydf-training", absent);
} catch {
  // What is not installed is absent by itself, and cannot be played.
}

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "netwright-baseline-"));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

const WORDS = ["red", "green", "blue"];

/** Columns of every kind: `y` is linear in `a` and `b`, `bent` is not, `kind` and the others go by them. */
const rows = Array.from({ length: 150 }, (_, i) => {
  const [a, b] = [(i * 7) % 15, (i * 11) % 13];
  const first = (1 + (a % 4)) / 10;
  return {
    a,
    b,
    word: WORDS[i % 3] ?? "",
    text: `${WORDS[a % 3]} ${WORDS[b % 3]} ${WORDS[(a + b) % 3]}`,
    count: 1 + (i % 3),
    y: 2 * a - b + (i % 3),
    bent: (a - 7) * (b - 6),
    things: Math.round(a / 2) + (i % 3),
    kind: a > b ? "high" : "low",
    of3: a > 9 ? "high" : a > 4 ? "middle" : "low",
    tags: [...(a > 7 ? ["big"] : []), ...(b > 5 ? ["long"] : [])].join(";"),
    s1: first,
    s2: 1 - first,
    d1: 1 + a,
    d2: 1 + b,
  };
});

interface Asked {
  readonly target?: string;
  readonly features?: string;
  readonly loss?: string;
  readonly data?: string;
  readonly train?: string;
}

function text({
  target = "y",
  features = "[a, b, word]",
  loss = "mae",
  data = "",
  train = "",
}: Asked): string {
  return `netwright 1
data points {
  source: "points.csv", target: ${target}, features: ${features}
  ${data}
  ${data.includes("columns {") ? "" : "columns { word: category }"}
}
model { dense(outputs) }
train { loss: ${loss}, epochs: 2, seed: 1${train} }
`;
}

const of = (asked: Asked, options = {}) => baseline(text(asked), { data: rows, ...options });

function metric({ models }: Baselines, name: string, label: string): number {
  return models.find((one) => one.name === name)?.test?.[label] ?? Number.NaN;
}

const why = ({ leftOut }: Baselines, name: string) => leftOut.find((one) => one.name === name)?.why;

async function refused(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof NetwrightError)) throw error;
    return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
  }
  return [];
}

describe("kinds of targets", () => {
  test("a linear target is found by the linear model, a bent one by the neighbours", async () => {
    const straight = await of({});
    expect(straight.metric).toBe("mae");
    expect(straight.best).not.toBe("neighbours");
    expect(metric(straight, "linear", "mae")).toBeLessThan(0.05);
    const bent = await of({ target: "bent" });
    expect(metric(bent, "linear", "r2")).toBeLessThan(0.3);
    expect(metric(bent, "neighbours", "r2")).toBeGreaterThan(0.7);
  });

  test.each([
    ["gaussian_nll", "runs, interval: 50%", "dense(outputs)"],
    ["gaussian_nll", "members", "members(2) -> member_dense(outputs)"],
    ["gaussian_nll", "dropout", "dense(4) -> dropout(20%) -> dense(outputs)"],
    ["mse", "members", "members(2) -> member_dense(outputs)"],
  ])(
    "a number alone is measured, where %s and `spread: %s` say how far off it may be",
    async (loss, asked, flow) => {
      const file = `${text({ loss })}report { spread: ${asked} }`;
      const found = await baseline(file.replace("dense(outputs)", flow), { data: rows });
      expect(found).toMatchObject({ metric: "rmse", best: "linear" });
      expect(metric(found, "linear", "mae")).toBeLessThan(0.05);
      expect(found.models[0]?.test).not.toHaveProperty("negative_log_likelihood");
    },
  );

  test("the constant is the baseline that `train` shows", async () => {
    const model = await train(text({}), { data: rows });
    const found = await of({});
    expect(found.models[0]).toMatchObject({
      name: "constant",
      validation: model.baseline.validation,
      test: model.baseline.test,
    });
    await model.dispose();
  });

  test("classes, by the log loss; by accuracy where the loss gives no probabilities", async () => {
    const classes = await of({ target: "of3", loss: "cross_entropy", features: "[a, b]" });
    expect(classes.metric).toBe("log_loss");
    expect(metric(classes, "linear", "accuracy")).toBeGreaterThan(0.9);
    expect(metric(classes, "neighbours", "log_loss")).toBeLessThan(0.5);
    const margins = await of({ target: "kind", loss: "hinge", features: "[a, b]" });
    expect(margins.metric).toBe("accuracy");
    expect(metric(margins, "linear", "accuracy")).toBeGreaterThan(0.9);
    expect(margins.models[1]?.test).not.toHaveProperty("log_loss");
  });

  test("counts, shares of a whole and directions", async () => {
    const counts = await of({ target: "things", loss: "poisson" });
    expect(counts.models[1]?.how).toContain("Poisson regression");
    expect(metric(counts, "linear", "rmse")).toBeLessThan(metric(counts, "constant", "rmse"));
    const shares = await of({ target: "[s1, s2]", loss: "kl_divergence" });
    expect(shares.metric).toBe("kl_divergence");
    expect(metric(shares, "neighbours", "kl_divergence")).toBeLessThan(0.1);
    const directions = await of({ target: "[d1, d2]", loss: "cosine_similarity" });
    expect(metric(directions, "linear", "cosine_similarity")).toBeGreaterThan(
      metric(directions, "constant", "cosine_similarity"),
    );
  });

  test("labels have no constant, and each a model of its own", async () => {
    const found = await of({
      target: "tags",
      loss: "multi_label_cross_entropy",
      features: "[a, b]",
      data: 'columns { tags: labels(separator: ";") }',
    });
    expect(why(found, "constant")).toContain("labels");
    expect(metric(found, "linear", "f1")).toBeGreaterThan(0.9);
    expect(metric(found, "neighbours", "f1")).toBeGreaterThan(0.8);
  });

  test("quantiles are left to the network, with the reason", async () => {
    for (const [loss, reason] of [
      ["quantile(0.9)", "not the middle"],
      ["quantile(levels: [0.1, 0.5, 0.9])", "several quantiles"],
    ] as const) {
      const found = await of({ loss });
      expect(found.models.map(({ name }) => name)).toEqual(["constant"]);
      expect(found.leftOut.map(({ name, why: said }) => [name, said.includes(reason)])).toEqual([
        ["linear", true],
        ["neighbours", true],
        ["trees", true],
      ]);
    }
    expect((await of({ loss: "quantile(0.9)" })).best).toBeNull();
    expect((await of({ loss: "quantile(0.5)" })).models.length).toBeGreaterThan(2);
  });
});

describe("what they learn of", () => {
  test("the numbers of words and texts that an embedding takes", async () => {
    const data = "columns { text: text(word_sequence(length: 4)), word: category(encoder: ordinal) }";
    const net = text({ target: "of3", features: "[text, word]", loss: "cross_entropy", data }).replace(
      "model { dense(outputs) }",
      "model {\n  parallel {\n    one { input(text) -> embedding(2) -> flatten }\n    two { input(word) -> embedding(2) }\n  } -> concat\n  dense(outputs)\n}",
    );
    const found = await baseline(net, { data: rows });
    expect(metric(found, "neighbours", "accuracy")).toBeGreaterThan(metric(found, "constant", "accuracy"));
  });

  test("the training rows alone: other test rows change nothing but what is measured", async () => {
    const data = "split: by_column(part, train: [1], validation: [2], test: [3])";
    const parts = rows.map((row, i) => ({ ...row, part: i < 100 ? 1 : i < 125 ? 2 : 3 }));
    const changed = parts.map((row) => (row.part === 3 ? { ...row, y: -row.y } : row));
    const [one, other] = await Promise.all(
      [parts, changed].map((table) => baseline(text({ data }), { data: table })),
    );
    expect(other?.models.map(({ settings }) => settings)).toEqual(
      one?.models.map(({ settings }) => settings),
    );
    expect(other?.models.map(({ validation }) => validation)).toEqual(
      one?.models.map(({ validation }) => validation),
    );
    expect(other?.models.map((model) => model.test)).not.toEqual(one?.models.map((model) => model.test));
  });

  test("weights of rows: those that count nothing are as if they were not there", async () => {
    const data = "split: by_column(part, train: [1], validation: [2], test: [3]), weight: w";
    const parts = rows.map((row, i) => ({ ...row, w: 1, part: i < 100 ? 1 : i < 125 ? 2 : 3 }));
    const spoilt = parts.map((row, i) => (i % 10 === 0 && row.part === 1 ? { ...row, y: 999, w: 0 } : row));
    const found = await baseline(text({ data, features: "[a, b]", loss: "mse" }), { data: spoilt });
    expect(metric(found, "linear", "rmse")).toBeLessThan(1.5);
  });

  test("the threshold between two classes is chosen for each by the rule of the file", async () => {
    const asked = { target: "kind", loss: "binary_cross_entropy", features: "[a]" };
    const plain = await of(asked);
    const cut = await of({ ...asked, train: ", threshold: 0.99" });
    expect(metric(cut, "linear", "log_loss")).toBe(metric(plain, "linear", "log_loss"));
    expect(metric(cut, "linear", "accuracy")).toBeLessThan(metric(plain, "linear", "accuracy"));
  });

  test("gives the same twice, and from the disk", async () => {
    const [once, again] = [await of({}), await of({}, { memory: 2000 })];
    expect(again).toEqual(once);
  });
});

describe("the verdict", () => {
  test("names what is best, and what the network has to beat", async () => {
    const found = await of({ target: "bent" });
    expect(found.verdict).toMatch(
      /^On the test rows .* (is|are) best, MAE [\d.]+: that is what a network has/,
    );
    expect(found.best).not.toBe("constant");
  });

  test("without test rows it is about the validation rows, without those the settings are the defaults", async () => {
    const validated = await of({ data: "split: { train: 80%, validation: 20%, test: 0% }" });
    expect(validated.verdict).toMatch(/^On the validation rows /);
    expect(validated.rows).toEqual({ train: 120, validation: 30, test: 0 });
    const tested = await of({ data: "split: { train: 80%, validation: 0%, test: 20% }" });
    expect(tested.models.slice(1, 3).map(({ settings }) => settings)).toEqual([{ penalty: 0.001 }, { k: 5 }]);
    expect(tested.models[1]?.how).not.toContain("chosen");
  });

  test("a run of the file stands beside; a baseline that beats it is named so", async () => {
    const model = await train(text({}), { data: rows });
    const run = await model.save("runs");
    await model.dispose();
    const found = await of({});
    expect(found.models.at(-1)).toMatchObject({ name: "network", test: model.metrics.test });
    expect(found.verdict).toMatch(/beats? the network: MAE [\d.]+ against [\d.]+\./);
    const named = await of({}, { run });
    expect({ ...named, models: named.models.slice(0, -1) }).toEqual({
      ...found,
      models: found.models.slice(0, -1),
    });
    // Another training is no run of the file as it is now.
    expect((await of({ loss: "mse" })).models.map(({ name }) => name)).not.toContain("network");
    expect((await of({}, { runs: "elsewhere" })).models.map(({ name }) => name)).not.toContain("network");
    expect(await refused(of({ data: "split: { seed: 5 }" }, { run }))).toEqual([
      expect.stringMatching(/^NW0848 the run `.*` was measured on other rows/),
    ]);
    const stopped = await train(text({}), {
      data: rows,
      epochs: 50,
      signal: AbortSignal.abort(),
    });
    const part = await stopped.save("parts");
    await stopped.dispose();
    expect(await refused(of({}, { run: part }))).toEqual([
      expect.stringMatching(/^NW0848 the run `.*` did not come to its end/),
    ]);
  });
});

describe("wrong uses", () => {
  test("files that cannot be trained, and splits that leave no rows", async () => {
    const net = (body: string) => refused(baseline(`netwright 1\n${body}`, { data: rows }));
    expect(await net("model { input(4) -> dense(1) }")).toEqual([
      expect.stringContaining("NW0611"),
      expect.stringContaining("NW0612"),
    ]);
    expect(await refused(of({ features: "[]" }))).toEqual([expect.stringContaining("NW0606")]);
    expect(await refused(of({ data: "split: { train: 100%, validation: 0%, test: 0% }" }))).toEqual([
      expect.stringMatching(/^NW0848 the split gives all rows to training/),
    ]);
    expect(await refused(of({}, { run: "nowhere" }))).toEqual([expect.stringContaining("NW0820")]);
  });

  test("options that there are not", async () => {
    expect(await refused(of({}, { epochs: 3 }))).toEqual([expect.stringContaining("NW0911")]);
    expect(await refused(of({}, { runs: 3 }))).toEqual([expect.stringContaining("NW0911")]);
  });
});
