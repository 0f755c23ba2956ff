// A study that has kept its models, in the place of a run: predicting, measuring and explaining with all of them together.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { isObject } from "@netwright/definitions";
import { load, NetwrightError, type Prediction } from "netwright";
import { cli, lastLine } from "../support/cli.ts";
import { SMALL, smallCsv, smallProject } from "../support/project.ts";

const backend = ["--backend", "reference"];

/** Trains, and gives the study and its result. */
async function studied(text: string, csv: string, ...argv: readonly string[]) {
  const project = smallProject(text, csv);
  const { net, runs } = project;
  const played = await cli(["train", net, ...backend, "--format", "json", "--out", runs, ...argv]);
  const result = lastLine(played);
  if (!isObject(result)) throw new Error(played.stdout);
  const list = result["runs"];
  if (!Array.isArray(list)) throw new Error(played.stdout);
  const study = String(result["study"]);
  const members = list.map(({ hash }) => join(study, `small-${String(hash.run).slice(0, 12)}`));
  return { ...project, study, members, result: { ...result }, runs: list };
}

/** The cells of what `predict` writes, without the header. */
async function predicted(run: string, input: string, ...argv: readonly string[]) {
  const played = await cli(["predict", run, ...backend, "--input", input, ...argv]);
  const [header = "", ...lines] = played.stdout.trimEnd().split("\n");
  return { header, rows: lines.map((line) => line.split(",")), played };
}

describe("of seeds", () => {
  let made: Awaited<ReturnType<typeof studied>>;
  beforeAll(async () => {
    made = await studied(SMALL, smallCsv(), "--epochs", "3", "--seeds", "3", "--keep");
  });

  test("predictions are the means over the runs, with their deviations where they are asked for", async () => {
    const { study, members, csv } = made;
    const alone = await Promise.all(members.map((run) => predicted(run, csv)));
    const all = await predicted(study, csv, "--spread");
    expect(all.header).toBe("y,y(spread)");
    expect(all.rows.length).toBeGreaterThan(10);
    for (const [i, [mean, spread]] of all.rows.entries()) {
      const values = alone.map(({ rows }) => Number(rows[i]?.[0]));
      const expected = values.reduce((a, b) => a + b) / 3;
      expect(Number(mean)).toBeCloseTo(expected, 12);
      const squares = values.map((value) => (value - expected) ** 2).reduce((a, b) => a + b);
      expect(Number(spread)).toBeCloseTo(Math.sqrt(squares / 2), 10);
      expect(Number(spread)).toBeGreaterThan(0);
    }
    expect((await predicted(study, csv)).header).toBe("y");
  });

  test("the package loads it, too, and predicts the same", async () => {
    const { study, csv } = made;
    const model = load(study, { backend: "reference", spread: true });
    const [name = "", ...lines] = readFileSync(csv, "utf8").trimEnd().split("\n");
    const records = lines.map((line) =>
      Object.fromEntries(line.split(",").map((cell, i) => [name.split(",")[i] ?? "", Number(cell)])),
    );
    const found = await model.predict(records);
    const { rows } = await predicted(study, csv, "--spread");
    expect(found.map((one: Prediction) => [one["y"], one["spread"]])).toEqual(
      rows.map(([y, spread]) => [Number(y), { y: Number(spread) }]),
    );
    const { mae } = await model.evaluate(readFileSync(csv, "utf8"));
    const errors = rows.map(([y], i) => Math.abs(Number(y) - Number(records[i]?.["y"])));
    expect(mae).toBeCloseTo(errors.reduce((a, b) => a + b) / errors.length, 10);
    await model.dispose();
    await expect(load(made.members[0] ?? "", { spread: true }).predict({})).rejects.toThrow(NetwrightError);
  });

  test("its report and `evaluate` say how good they are together", async () => {
    const { study, result } = made;
    const { together } = result;
    const evaluated = await cli(["evaluate", study, ...backend, "--format", "json"]);
    const { metrics, models, rows } = Object(lastLine(evaluated));
    expect({ test: metrics }).toEqual(together);
    expect(models).toBe(3);
    expect(rows).toBeGreaterThan(1);
    expect(evaluated.stderr).toContain("3 models of small together");
  });

  test("what it is made of, and what it is not", async () => {
    const { study, members, csv } = made;
    const explained = await cli(["explain", study]);
    expect(explained.stdout).toContain("Each of 3 models that predict together");
    const exported = await cli(["export", study]);
    expect(exported.code).toBe(1);
    expect(exported.stderr).toContain("NW0733");
    const single = await cli(["predict", members[0] ?? "", ...backend, "--input", csv, "--spread"]);
    expect(single.stderr).toContain("`--spread` is of several models");
    expect(
      (await cli(["predict", study, "--input", csv, "--output", join(study, "study.json")])).stderr,
    ).toContain("NW0902");
  });
});

test("of folds, each row is measured by the models that have not learned it", async () => {
  const { study, members, result, csv } = await studied(
    SMALL,
    smallCsv(24),
    ...["--epochs", "2", "--folds", "3", "--seeds", "2", "--keep"],
  );
  // The rows of a fold are those that its runs were tested on; each run says the mean of its errors there.
  const evaluated = await cli(["evaluate", study, ...backend, "--format", "json"]);
  const { metrics, rows, baseline } = Object(lastLine(evaluated));
  expect(rows).toBe(24);
  expect(baseline).toBeNull();
  expect(result["together"]).toEqual({ test: metrics });
  const alone = await Promise.all(members.map((run) => predicted(run, csv)));
  const targets = readFileSync(csv, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => Number(line.split(",").at(-1)));
  // Of all ways to give each row to one of the folds, only that of the split is known to the runs: so both ends are held.
  const errors = targets.map((target, row) =>
    [0, 2, 4].map((first) => {
      const [a, b] = [alone[first]?.rows[row]?.[0], alone[first + 1]?.rows[row]?.[0]];
      return Math.abs((Number(a) + Number(b)) / 2 - target);
    }),
  );
  const ends = (pick: (...values: number[]) => number) =>
    errors.reduce((sum, three) => sum + pick(...three), 0) / errors.length;
  expect(metrics.mae).toBeGreaterThanOrEqual(ends(Math.min));
  expect(metrics.mae).toBeLessThanOrEqual(ends(Math.max));

  // A table is made numbers of by each model for itself, as each has learned from other rows.
  const together = await predicted(study, csv);
  const off = together.rows.map(([y], row) => Math.abs(Number(y) - Number(targets[row])));
  const mean = off.reduce((a, b) => a + b) / off.length;
  const given = await cli(["evaluate", study, ...backend, "--data", csv, "--format", "json"]);
  const found = Object(lastLine(given));
  expect(found.metrics.mae).toBeCloseTo(mean, 9);
  expect(found.rows).toBe(24);
  expect(found.baseline).toBeNull();
  const model = load(study, { backend: "reference" });
  expect((await model.evaluate(readFileSync(csv, "utf8")))["mae"]).toBeCloseTo(mean, 9);
  await model.dispose();
}, 60_000);

test("the loss of folds is that of all rows, however many each fold has", async () => {
  const { study, members } = await studied(
    SMALL,
    smallCsv(25),
    ...["--epochs", "2", "--folds", "7", "--keep"],
  );
  const lossOf = async (run: string) => {
    const { rows, loss } = Object(lastLine(await cli(["evaluate", run, ...backend, "--format", "json"])));
    return { rows, loss };
  };
  const apart = await Promise.all(members.map(lossOf));
  expect(new Set(apart.map(({ rows }) => rows)).size).toBe(2);
  const all = await lossOf(study);
  expect(all.rows).toBe(25);
  expect(all.loss).toBeCloseTo(apart.reduce((sum, { rows, loss }) => sum + rows * loss, 0) / 25, 9);
}, 60_000);

test("models of folds that know other words each are measured by what they predict", async () => {
  const text = `netwright 1
data small { source: "small.csv", target: y, columns { kind: category(encoder: one_hot(min_count: 2, unknown: other)) }, split: random(train: 60%, validation: 20%, test: 20%) }
model { dense(4, tanh) -> dense(outputs, linear) }
train { loss: mse batch: 8 epochs: 2 }
`;
  // Each word is in two rows, so that no model meets all of them.
  const rows = Array.from({ length: 30 }, (_, i) => `word${i % 15},${i % 7},${i * 3}`);
  const { study, csv } = await studied(text, `kind,a,y\n${rows.join("\n")}\n`, "--folds", "5", "--keep");
  const { rows: all } = await predicted(study, csv);
  const errors = all.map(([y], row) => Math.abs(Number(y) - 3 * row));
  const evaluated = await cli(["evaluate", study, ...backend, "--data", csv, "--format", "json"]);
  expect(evaluated.code).toBe(0);
  expect(Object(lastLine(evaluated)).metrics.mae).toBeCloseTo(errors.reduce((a, b) => a + b) / 30, 9);
}, 60_000);

test("of classes the means of the probabilities, and the class that they make most likely", async () => {
  const text = `netwright 1
data small { source: "small.csv" target: kind split: stratified(train: 60%, validation: 20%, test: 20%) }
model { dense(4, tanh) -> dense(outputs, softmax) }
train { loss: cross_entropy batch: 8 epochs: 3 }
`;
  const rows = Array.from({ length: 40 }, (_, i) => `${(i % 10) / 10},${i % 3 === 0 ? "red" : "blue"}`);
  const { study, members, csv } = await studied(
    text,
    `a,kind\n${rows.join("\n")}\n`,
    "--seeds",
    "2",
    "--keep",
  );
  const [one, other] = await Promise.all(members.map((run) => predicted(run, csv)));
  const all = await predicted(study, csv, "--spread");
  expect(all.header).toBe(
    `${one?.header},${one?.header
      .split(",")
      .slice(1)
      .map((name) => `${name}(spread)`)
      .join(",")}`,
  );
  for (const [i, [kind, red, blue, spread]] of all.rows.entries()) {
    const [a, b] = [Number(one?.rows[i]?.[1]), Number(other?.rows[i]?.[1])];
    expect(Number(red)).toBeCloseTo((a + b) / 2, 6);
    expect(Number(spread)).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 6);
    const [first = "", second = ""] = ["1", "2"].map((n) => one?.header.split(",")[Number(n)]?.slice(2, -1));
    expect(kind).toBe(Number(red) >= Number(blue) ? first : second);
  }
  const evaluated = Object(
    lastLine(await cli(["evaluate", study, ...backend, "--data", csv, "--format", "json"])),
  );
  const right = all.rows.filter(([kind], i) => rows[i]?.endsWith(`,${kind}`)).length;
  expect(evaluated.metrics.accuracy).toBeCloseTo(right / 40, 12);
});

test("where one model has no interval all together have none, and which it is is told", async () => {
  const text = `netwright 1
data small { source: "small.csv", target: y }
model { dense(2, relu) -> dropout(30%) -> dense(1) }
train { loss: mse, epochs: 5 }
report { interval: 80%, spread: dropout, samples: 5 }
`;
  const csv = `x,y\n${Array.from({ length: 120 }, (_, i) => `${i % 17},${(i % 17) * 2 + ((i * 7) % 5)}`).join("\n")}\n`;
  const { study, members, csv: table, net } = await studied(text, csv, "--seeds", "3", "--keep");
  const lacking = [];
  for (const run of members) {
    const { header } = await predicted(run, table);
    if (header === "y,y(spread)") lacking.push(basename(run));
    else expect(header).toBe("y,y(lower),y(upper),y(spread)");
  }
  expect(lacking).toHaveLength(1);
  const { header, rows, played } = await predicted(study, table);
  expect(header).toBe("y,y(spread)");
  expect(rows.flat().map(Number)).not.toContain(Number.NaN);
  expect(played.stderr).toMatch(
    /warning NW0857 {2}the models of the study have no interval together: 1 of 3 runs has none/,
  );
  expect(played.stderr).toContain(`\`${lacking[0]}\`, of seed`);
  expect(Object.keys(Object(await load(study, { backend: "reference" }).predict({ x: 2 }))).sort()).toEqual([
    "spread",
    "y",
  ]);
  // The means of the table are those of the runs that have one.
  const again = await cli(["train", net, ...backend, "--out", join(dirname(net), "again"), "--seeds", "3"]);
  expect(again.stdout).toMatch(/^Coverage, 2 of 3 runs \(%\) /m);
  expect(again.stdout).toMatch(/^MAE {2}/m);
});

test("what each model has learned of the target for itself is said of none, and what the file states of all", async () => {
  const text = (threshold: string) => `netwright 1
data small { source: "small.csv" target: kind split: stratified(train: 60%, validation: 20%, test: 20%) }
model { dense(4, tanh) -> dense(outputs, sigmoid) }
train { loss: binary_cross_entropy batch: 8 optimizer: adam(learning_rate: 5e-2) epochs: 20 threshold: ${threshold} }
report { interval: 80%, calibration: temperature }
`;
  const rows = Array.from(
    { length: 80 },
    (_, i) => `${(i % 10) / 10},${i % 10 > 4 === i % 7 > 0 ? "yes" : "no"}`,
  );
  const csv = `a,kind\n${rows.join("\n")}\n`;
  const said = async (threshold: string) => {
    const { study, members } = await studied(text(threshold), csv, "--seeds", "2", "--keep");
    const played = async (run: string, ...argv: readonly string[]) => {
      const spoken = await cli([argv[0] ?? "", run, ...argv.slice(1)]);
      const json = await cli([argv[0] ?? "", run, ...argv.slice(1), "--format", "json"]);
      return { text: spoken.stdout, json: Object(lastLine(json)) };
    };
    const of = async (run: string) => ({
      evaluated: await played(run, "evaluate", ...backend),
      explained: await played(run, "explain"),
    });
    return { alone: await of(members[0] ?? ""), all: await of(study) };
  };
  const target = ({ json }: { readonly json: { readonly columns: readonly object[] } }) =>
    json.columns.at(-1);

  const learned = await said("best(f1)");
  expect(learned.alone.evaluated.text).toMatch(/calibration: [\s\S]*threshold: [\s\S]*set: /);
  expect(learned.all.evaluated.text).not.toMatch(/calibration: |threshold: |set: /);
  expect(learned.alone.evaluated.json.threshold).toEqual(expect.any(Number));
  expect(learned.all.evaluated.json).not.toHaveProperty("threshold");
  expect(target(learned.alone.explained)).toHaveProperty("temperature");
  expect(Object.keys(target(learned.all.explained) ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/temperature|set|threshold/)]),
  );
  expect(learned.alone.explained.text).toMatch(/is predicted from a probability of/);
  expect(learned.all.explained.text).not.toMatch(/is predicted from a probability of|calibration: |set: /);

  const stated = await said("0.25");
  expect(stated.all.evaluated.text).toContain("threshold: `yes` is predicted from a probability of 0.25 on");
  expect(stated.all.evaluated.json.threshold).toBe(0.25);
  expect(stated.all.explained.text).toContain("is predicted from a probability of 0.25 on");
});

test("a study without models, one that is not done, and runs that are not its own", async () => {
  const { study, csv } = await studied(SMALL, smallCsv(), "--epochs", "1", "--seeds", "2");
  const none = await predicted(study, csv);
  expect([none.played.code, none.played.stderr]).toEqual([1, expect.stringContaining("NW0730")]);
  const kept = await studied(SMALL, smallCsv(), "--epochs", "1", "--seeds", "3", "--keep");
  const [first = "", second = "", third = ""] = kept.members;
  const place = join(kept.study, "study.json");
  const record = JSON.parse(readFileSync(place, "utf8"));
  writeFileSync(place, JSON.stringify({ ...record, status: "interrupted", runs: record.runs.slice(0, 2) }));
  const part = await predicted(kept.study, kept.csv);
  expect(part.played.code).toBe(0);
  expect(part.played.stderr).toMatch(/warning NW0731 .*2 of 3 models predict together/);
  rmSync(first, { recursive: true });
  expect((await predicted(kept.study, kept.csv)).played.stderr).toContain("NW0820");
  cpSync(second, first, { recursive: true });
  expect((await predicted(kept.study, kept.csv)).played.stderr).toContain("NW0732");
  expect(third).not.toBe("");
});

test("models that were saved elsewhere are told of at the end, and so is how to put them in", async () => {
  const made = await studied(SMALL, smallCsv(), "--epochs", "1", "--seeds", "3", "--keep");
  expect(made.result["missing"]).toEqual([]);
  const { folder, net, csv, study } = made;
  const names = made.members.map((run) => basename(run));
  const folders = { home: join(folder, "home"), temporary: join(folder, "temporary") };
  // A file is where the first two models would be.
  const blocked = names.slice(0, 2).map((name) => join(study, name));
  rmSync(study, { recursive: true });
  mkdirSync(study);
  for (const place of blocked) writeFileSync(place, "");
  const argv = ["train", net, ...backend, "--out", dirname(study), "--epochs", "1", "--seeds", "3", "--keep"];
  const played = await cli(argv, { folders });
  expect(played.code).toBe(1);
  expect(readdirSync(study).sort()).toEqual([...names, "study.json"].sort());
  expect(played.stdout).toContain(`Saved: ${study}`);
  expect(played.stdout).not.toContain("Predict:");
  const told = played.stderr.replaceAll(/\s+/g, " ");
  expect(told).toContain("warning NW0809 2 models of the study are saved elsewhere");
  expect((await predicted(study, csv)).played.stderr.replaceAll(/\s+/g, " ")).toContain(
    `\`netwright train --resume ${study}\` says which models are missing`,
  );

  // Going on says it, too, also where they are nowhere.
  for (const place of blocked) rmSync(place);
  const [first = "", second = ""] = names.map((name) => join(folders.home, "netwright-runs", name));
  const hidden = join(folder, "hidden");
  cpSync(second, hidden, { recursive: true });
  rmSync(second, { recursive: true });
  const resumed = await cli(["train", "--resume", study, "--format", "json"], { folders });
  expect(resumed.code).toBe(1);
  const { missing, diagnostics } = Object(lastLine(resumed));
  expect(missing).toEqual([
    { run: blocked[0], found: first },
    { run: blocked[1], found: null },
  ]);
  const all = JSON.stringify(diagnostics);
  expect(all).toContain("1 model of the study is saved elsewhere");
  expect(all).toContain("1 model of the study is missing");
  expect(all).toContain(`\`${blocked[1]}\` is not there: seed 1.`);

  const move = /`mv (\S+) (\S+)`/.exec(all) ?? [];
  expect(move.slice(1)).toEqual([first, blocked[0]]);
  cpSync(first, blocked[0] ?? "", { recursive: true });
  cpSync(hidden, blocked[1] ?? "", { recursive: true });
  const whole = await cli(["train", "--resume", study, "--format", "json"], { folders });
  expect(whole.code).toBe(0);
  expect(Object(lastLine(whole)).together).toEqual(made.result["together"]);
  expect((await predicted(study, csv)).played.code).toBe(0);
});

describe("with `spread: runs`", () => {
  const text = `${SMALL.replace("epochs: 10", "epochs: 3")}report { interval: 60%, spread: runs }\n`;

  test("intervals are as wide as the runs are apart, wherever the study predicts and is measured", async () => {
    const { study, csv, result, members } = await studied(text, smallCsv(90), "--seeds", "3", "--keep");
    const { intervals } = JSON.parse(readFileSync(join(study, "study.json"), "utf8"));
    expect(intervals).toEqual([
      { share: 0.6, radius: expect.any(Number), scaled: true, min: null, max: null },
    ]);
    const { header, rows } = await predicted(study, csv);
    expect(header).toBe("y,y(lower),y(upper),y(spread)");
    const alone = await Promise.all(members.map((run) => predicted(run, csv)));
    expect(alone[0]?.header).toBe("y,y(lower),y(upper)");
    for (const [i, [y, lower, upper, spread]] of rows.entries()) {
      const values = alone.map((of) => Number(of.rows[i]?.[0]));
      const squares = values.map((value) => (value - Number(y)) ** 2).reduce((a, b) => a + b);
      expect(Number(spread)).toBeCloseTo(Math.sqrt(squares / 2), 10);
      expect((Number(upper) - Number(lower)) / 2).toBeCloseTo(intervals[0].radius * Number(spread), 9);
    }
    const evaluated = await cli(["evaluate", study, ...backend, "--format", "json"]);
    const { metrics } = Object(lastLine(evaluated));
    expect(metrics).toEqual(Object(result["together"]).test);
    expect(metrics.coverage).toEqual(expect.any(Number));
    const widths = rows.map(([, lower, upper]) => Number(upper) - Number(lower));
    const measured = Object(
      lastLine(await cli(["evaluate", study, ...backend, "--data", csv, "--format", "json"])),
    );
    expect(measured.metrics.interval_width).toBeCloseTo(widths.reduce((a, b) => a + b) / widths.length, 9);
    const model = load(study, { backend: "reference" });
    expect(Object.keys(await model.predict({ a: 1, b: 2 })).sort()).toEqual(["interval", "spread", "y"]);
    await model.dispose();
  });

  test("intervals that others wrote into the record are held to what the models predict", async () => {
    const { study, csv } = await studied(text, smallCsv(90), "--seeds", "2", "--keep");
    const place = join(study, "study.json");
    const record = JSON.parse(readFileSync(place, "utf8"));
    expect(record.format).toBe(2);
    const before = await predicted(study, csv);
    const [own] = record.intervals;
    const withOthers = async (changes: object) => {
      writeFileSync(place, JSON.stringify({ ...record, ...changes }));
      return predicted(study, csv);
    };
    for (const [code, changes] of [
      ["NW0732", { intervals: [] }],
      ["NW0732", { intervals: [own, own] }],
      ["NW0732", { intervals: [{ ...own, share: 0.9 }] }],
      ["NW0826", { intervals: [{ ...own, radius: -1 }] }],
      ["NW0826", { intervals: [{ ...own, scaled: undefined }] }],
      // A reader of format 1 would not know of them.
      ["NW0826", { format: 1 }],
      ["NW0826", { intervals: undefined }],
      ["NW0827", { format: 3 }],
    ] as const) {
      const { played } = await withOthers(changes);
      expect([played.code, played.stderr]).toEqual([1, expect.stringContaining(code)]);
    }
    // What the column is held within, the models know.
    expect((await withOthers({ intervals: [{ ...own, min: 100, max: 101 }] })).rows).toEqual(before.rows);
  });

  test("models that do not open, and rows that do not tell, are said to leave it out", async () => {
    const { study, members } = await studied(text, smallCsv(90), "--seeds", "2", "--keep");
    const place = join(study, "study.json");
    const { intervals, ...record } = JSON.parse(readFileSync(place, "utf8"));
    const weights = join(members[1] ?? "", "model.safetensors");
    const saved = readFileSync(weights);
    const again = async () => {
      writeFileSync(place, JSON.stringify({ ...record, format: 1 }));
      const played = await cli(["train", "--resume", study, "--format", "json"]);
      const { diagnostics } = Object(lastLine(played));
      const now = JSON.parse(readFileSync(place, "utf8"));
      return { code: played.code, told: diagnostics.map((one: { code: string }) => one.code), now };
    };
    writeFileSync(weights, "");
    const damaged = await again();
    expect(damaged).toMatchObject({ code: 1, told: [expect.stringMatching(/^NW082/)] });
    expect(damaged.now).not.toHaveProperty("intervals");
    writeFileSync(weights, saved);
    expect(await again()).toMatchObject({ code: 0, told: [], now: { intervals, format: 2 } });

    // Nothing comes through the first layer, so that all models predict the bias of the second.
    const alike = text
      .replace("dense(width, relu)", "dense(width, relu, kernel_initializer: zeros)")
      .replace("batch: 16", "batch: 16, freeze: dense_2");
    const still = await studied(alike, smallCsv(90), "--seeds", "2", "--keep");
    expect(JSON.stringify(still.result)).toContain("NW0857");
    expect(JSON.parse(readFileSync(join(still.study, "study.json"), "utf8"))).toMatchObject({ format: 1 });
  });

  test.each([
    ["--seeds 2 --keep", null],
    ["--seeds 2", "with `--keep` the study has them as wide"],
    ["--folds 2 --keep", "as over folds each has validation rows of its own"],
    ["", "as one run is apart from nothing"],
  ])("a training without effect says so: %s", async (argv, told) => {
    const { net, runs } = smallProject(text, smallCsv(90));
    const asked = argv.split(" ").filter((word) => word !== "");
    const { code, stderr } = await cli(["train", net, ...backend, "--out", runs, ...asked]);
    expect(code).toBe(0);
    const said = stderr.replaceAll(/\s+/g, " ");
    if (told === null) expect(said).not.toContain("spread: runs");
    else expect(said).toContain(told);
  });

  test("over folds, of which each model has other validation rows, they are the mean of the models' ends", async () => {
    const { study, csv } = await studied(text, smallCsv(90), "--folds", "3", "--keep");
    expect(JSON.parse(readFileSync(join(study, "study.json"), "utf8"))).not.toHaveProperty("intervals");
    expect((await predicted(study, csv)).header).toBe("y,y(lower),y(upper)");
  });
});
