import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { toFormat1 } from "../support/format-1.ts";
import { SMALL, smallProject } from "../support/project.ts";

const REFERENCE = ["--backend", "reference"];

describe("a sound file", () => {
  test("is trained, evaluated and saved; the table has the unit of the target", async () => {
    const { net, runs } = smallProject();
    const played = await cli(["train", net, ...REFERENCE, "--out", runs]);
    expect(played.code).toBe(0);
    const [name = ""] = readdirSync(runs);
    const run = join(runs, name);
    expect(readdirSync(run).sort()).toEqual(["history.jsonl", "model.safetensors", "record.json"]);
    const lines = played.stdout.split("\n");
    expect(lines[1]).toMatch(/^ +train +validation +test$/);
    expect(lines[2]).toMatch(/^rows +42 +9 +9$/);
    for (const title of ["MAE \\(m\\)", "RMSE \\(m\\)", "R2", "MAPE \\(%\\)", "Max error \\(m\\)"]) {
      expect(played.stdout).toMatch(new RegExp(`^${title}( +-?[\\d.]+){3}$`, "m"));
      expect(played.stdout).toMatch(new RegExp(`^baseline ${title}( +-?[\\d.]+){3}$`, "m"));
    }
    expect(played.stdout).toContain(`Saved: ${run}\n`);
    expect(played.stdout).toContain(`netwright predict ${run} --input ${net.replace(".net", ".csv")}\n`);
    expect(played.stderr).toContain("42 rows, backend reference");
  });

  test("gives one JSON object as the last line", async () => {
    const { net, runs } = smallProject();
    const played = await cli([
      "train",
      net,
      ...REFERENCE,
      "--out",
      runs,
      "--format",
      "json",
      "--epochs",
      "3",
    ]);
    const metrics = {
      mae: expect.any(Number),
      rmse: expect.any(Number),
      r2: expect.any(Number),
      mape: expect.any(Number),
      max_error: expect.any(Number),
    };
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(played.stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(lastLine(played)).toMatchObject({
      run: join(runs, readdirSync(runs)[0] ?? ""),
      status: "completed",
      backend: "reference",
      epochs: 3,
      metrics: { train: metrics, validation: metrics, test: metrics },
      baseline: { train: metrics, validation: metrics, test: metrics },
      seconds: { total: expect.any(Number), train: expect.any(Number) },
      hash: { ir: hash, data: hash, weights: hash },
      // Three epochs are too few.
      diagnostics: [{ code: "NW0842", severity: "warning" }],
    });
  });

  test("gives the same weights for the same seed, and others for another", async () => {
    const { net, runs } = smallProject();
    const weights = async (...more: string[]) => {
      const played = await cli([
        "train",
        net,
        ...REFERENCE,
        "--out",
        runs,
        "--format=json",
        "--epochs=2",
        ...more,
      ]);
      const result = lastLine(played);
      expect(result).toMatchObject({ hash: { weights: expect.any(String) } });
      return JSON.stringify(Object(result).hash.weights);
    };
    const first = await weights("--seed", "1");
    expect(await weights("--seed", "1")).toBe(first);
    expect(await weights("--set", "train.seed=1")).toBe(first);
    expect(await weights("--seed", "2")).not.toBe(first);
    expect(await weights("--seed", "1", "--set", "width=5")).not.toBe(first);
  });

  test("says with --quiet where the run is and nothing else", async () => {
    const { net, runs } = smallProject();
    const played = await cli(["train", net, ...REFERENCE, "--out", runs, "--quiet"]);
    expect(played).toMatchObject({
      code: 0,
      stderr: "",
      stdout: `${join(runs, readdirSync(runs)[0] ?? "")}\n`,
    });
  });

  test("says which backend `auto` took", async () => {
    const { net, runs } = smallProject();
    const played = await cli(["train", net, "--out", runs, "--epochs", "1"]);
    expect(played.code).toBe(0);
    expect(played.stderr).toContain("backend jit");
  });
});

describe("progress", () => {
  test("is a line every tenth of the epochs where there is no terminal", async () => {
    const { net, runs } = smallProject();
    const played = await cli(["train", net, ...REFERENCE, "--out", runs, "--epochs", "50"]);
    const lines = played.stderr.split("\n").filter((line) => line.startsWith("epoch "));
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatch(
      /^epoch {2}5\/50 {2}loss [\d.]+ +validation [\d.]+ +[\d,]+ samples\/s {2}[\d.]+ s left$/,
    );
    expect(played.stderr).not.toContain("\x1b");
  });

  test("fits a terminal of 40 columns, as do the tables", async () => {
    const { net, runs } = smallProject();
    const played = await cli(["train", net, ...REFERENCE, "--out", runs], { columns: 40 });
    const drawn = played.stderr.split("\x1b[1G").slice(1).map(withoutEscapes);
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.at(-1)).toMatch(/^ ?10\/10 loss [\d.]+ val [\d.]+ [\d.]+[kM]?\/s 0s/);
    for (const line of drawn) expect(line.split("\n")[0]?.length).toBeLessThan(40);
    const table = withoutEscapes(played.stdout).split("\n").slice(0, 8);
    expect(table[1]).toMatch(/^ +train +val +test$/);
    for (const line of table) expect(line.length).toBeLessThanOrEqual(40);
  });
});

describe("colour", () => {
  const coloured = async (columns: number | undefined, env = {}, ...more: string[]) => {
    const { net, runs } = smallProject();
    const argv = ["train", net, ...REFERENCE, "--out", runs, "--epochs", "1", ...more];
    const { stdout } = await cli(argv, { ...(columns === undefined ? {} : { columns }), env });
    return stdout.includes("\x1b[");
  };

  test("is on a terminal alone, and can be refused", async () => {
    expect(await coloured(80)).toBe(true);
    expect(await coloured(undefined)).toBe(false);
    expect(await coloured(80, { NO_COLOR: "1" })).toBe(false);
    expect(await coloured(80, { NO_COLOR: "" })).toBe(true);
    expect(await coloured(80, { TERM: "dumb" })).toBe(false);
    expect(await coloured(80, {}, "--no-color")).toBe(false);
  });
});

describe("expectations", () => {
  const SOURCE = `${SMALL}\nexpect {\n  test.mae < 1000\n  test.r2 > 2\n}\n`;

  test("that are not met give exit code 3, a mark each and a place, and the run is saved", async () => {
    const { net, runs } = smallProject(SOURCE);
    const played = await cli(["train", net, ...REFERENCE, "--out", runs, "--epochs", "2"]);
    expect(played.code).toBe(3);
    expect(played.stdout).toMatch(/^pass {2}test\.mae < 1000 {2}it is [\d.]+$/m);
    expect(played.stdout).toMatch(/^FAIL {2}test\.r2 > 2 {6}it is -?[\d.]+$/m);
    expect(played.stderr).toContain(`${net}:25:3  error NW0705  expected test.r2 > 2`);
    expect(readdirSync(runs)).toHaveLength(1);
  });

  test("are in the JSON", async () => {
    const { net, runs } = smallProject(SOURCE);
    const played = await cli(["train", net, ...REFERENCE, "--out", runs, "--epochs=2", "--format=json"]);
    expect(played.code).toBe(3);
    expect(lastLine(played)).toMatchObject({
      expectations: [
        { text: "test.mae < 1000", passed: true },
        { text: "test.r2 > 2", passed: false },
      ],
      diagnostics: [{ code: "NW0711" }, { code: "NW0705", line: 25, column: 3 }, { code: "NW0842" }],
    });
  });
});

describe("a model that is worse than the mean", () => {
  test("is a warning that names the numbers, once; a good one is none", async () => {
    const { net, runs } = smallProject();
    const train = (...more: string[]) => cli(["train", net, ...REFERENCE, "--out", runs, ...more]);
    const bad = await train("--epochs", "1");
    expect(bad.code).toBe(0);
    expect(bad.stderr.match(/NW0842/g)).toHaveLength(1);
    expect(bad.stderr).toMatch(
      /warning NW0842 .*on the test rows .*worse than predicting the mean: MAE [\d.]+, of the mean [\d.]+; RMSE/,
    );
    expect((await train("--epochs", "100")).stderr).not.toContain("NW0842");
  });

  test("is told on validation rows where there is no test, and on the training rows where there is neither", async () => {
    for (const [split, rows] of [
      ["{ train: 80%, validation: 20%, test: 0%, seed: 0 }", "validation rows"],
      ["{ train: 100%, validation: 0%, test: 0%, seed: 0 }", "training rows"],
    ]) {
      const { net, runs } = smallProject(SMALL.replace("  target: y\n", `  target: y\n  split: ${split}\n`));
      const played = await cli(["train", net, ...REFERENCE, "--out", runs, "--epochs", "1"]);
      expect(played.stderr).toContain(`on the ${rows} the model is worse`);
    }
  });

  test("is measured against the mean of the training rows alone", async () => {
    const { net, csv, runs } = smallProject();
    const played = await cli(["train", net, ...REFERENCE, "--out", runs, "--format", "json"]);
    const { baseline, run } = lastLine(played) as { baseline: { test: { mae: number } }; run: string };
    const { splits } = JSON.parse(readFileSync(join(run, "record.json"), "utf8"));
    expect(splits.test.baseline).toEqual(baseline.test);
    expect(splits.train.baseline.r2).toBe(0);
    const evaluated = await cli(["evaluate", run, ...REFERENCE, "--data", csv, "--format", "json"]);
    const all = lastLine(evaluated) as { baseline: { r2: number; mae: number } };
    expect(all.baseline.mae).toBeGreaterThan(0);
    expect(all.baseline.r2).toBeLessThanOrEqual(0);
  });

  test("is not known of a run that was saved without the means", async () => {
    const { net, csv, runs } = smallProject();
    await cli(["train", net, ...REFERENCE, "--out", runs, "--quiet"]);
    const run = join(runs, readdirSync(runs)[0] ?? "");
    withoutSeen(run);
    const played = await cli(["evaluate", run, ...REFERENCE, "--data", csv]);
    expect(played).toMatchObject({ code: 0, stderr: expect.not.stringContaining("NW0842") });
    expect(played.stdout).not.toContain("baseline");
    const far = await cli(["predict", run, ...REFERENCE, "--input", "-"], { stdin: "a,b\n900,1\n" });
    expect(far).toMatchObject({ code: 0, stderr: "" });
  });
});

/** As releases have saved it that did not keep what training has seen. */
function withoutSeen(run: string): void {
  toFormat1(run, {
    metadata: (metadata) => {
      const encoders = JSON.parse(metadata["netwright.encoders"] ?? "");
      for (const column of [...encoders.features, ...encoders.target]) delete column.seen;
      return { ...metadata, "netwright.encoders": JSON.stringify(encoders) };
    },
  });
}

describe("mistakes", () => {
  test("in the file and the data are shown together, and nothing is written", async () => {
    const { net, runs } = smallProject(SMALL.replace("relu", "rellu").replace("loss: mse", "loss: mze"));
    const played = await cli(["train", net, ...REFERENCE, "--out", runs]);
    expect(played.code).toBe(1);
    expect(played.stdout).toBe("");
    expect(played.stderr).toMatch(/small\.net:12:16 {2}error NW\d{4} .*rellu/);
    expect(played.stderr).toContain("did you mean `relu`?");
    expect(played.stderr).toMatch(/small\.net:17:9 {2}error NW\d{4} .*mze/);
    expect(existsSync(runs)).toBe(false);
  });

  test("are data with --format json", async () => {
    const { net, runs } = smallProject(SMALL, "a,b,y\n1,2,3\n1,two,3\n");
    const played = await cli(["train", net, ...REFERENCE, "--out", runs, "--format", "json"]);
    expect(played).toMatchObject({ code: 1, stderr: "" });
    expect(lastLine(played)).toMatchObject({
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: "NW0630" })]),
    });
  });

  test("in the choice of the backend are wrong usage, beside an error in the file an error", async () => {
    const { net, runs } = smallProject();
    const usage = await cli(["train", net, "--backend", "wsam", "--out", runs]);
    expect(usage).toMatchObject({ code: 2, stdout: "" });
    expect(usage.stderr).toContain("Did you mean `wasm`?");
    const both = await cli(["train", `${net}x`, "--backend", "wsam", "--out", runs]);
    expect(both.code).toBe(1);
    expect(both.stderr).toContain("NW0810");
    expect(both.stderr).toContain("NW0613");
  });

  test("warnings are shown once", async () => {
    const { net, runs } = smallProject(
      SMALL,
      `a,b,c,y\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 7},1,${i}`).join("\n")}\n`,
    );
    const played = await cli(["train", net, ...REFERENCE, "--out", runs, "--epochs", "1"]);
    expect(played.code).toBe(0);
    expect(played.stderr.match(/warning NW0636/g)).toHaveLength(1);
  });

  test("a diverging training saves the last good weights and fails", async () => {
    const { net, runs } = smallProject(
      SMALL.replace("adam(learning_rate: 1e-2)", "sgd(learning_rate: 1e10)"),
    );
    const played = await cli(["train", net, ...REFERENCE, "--out", runs, "--format", "json"]);
    expect(played.code).toBe(1);
    const run = join(runs, readdirSync(runs)[0] ?? "");
    expect(lastLine(played)).toMatchObject({
      run,
      status: "non_finite",
      diagnostics: [{ code: "NW0311" }, { code: "NW0801" }],
    });
    expect(JSON.parse(readFileSync(join(run, "record.json"), "utf8"))).toMatchObject({
      status: "non_finite",
    });
  });

  test("a place that cannot hold runs is found before training", async () => {
    const { net, csv } = smallProject();
    for (const out of [csv, join(csv, "runs")]) {
      const played = await cli(["train", net, ...REFERENCE, "--out", out]);
      expect(played.code).toBe(1);
      expect(played.stderr).toContain("NW0832");
      expect(played.stderr).not.toContain("epoch");
    }
  });

  test("a run's place that holds something else is left alone, and the run is saved elsewhere", async () => {
    const { net, runs, folder } = smallProject();
    const argv = ["train", net, ...REFERENCE, "--out", runs, "--epochs", "1"];
    await cli(argv);
    const foreign = join(runs, readdirSync(runs)[0] ?? "", "notes.txt");
    writeFileSync(foreign, "mine");
    for (const [home, other] of [
      [folder, join(folder, "netwright-runs/")],
      [join(foreign, "no-folder"), join(folder, "netwright-runs-")],
    ] as const) {
      const played = await cli(argv, { folders: { home, temporary: folder } });
      expect(played.code).toBe(1);
      expect(played.stderr).toContain("NW0832");
      const saved = /Saved: (.*)/.exec(played.stdout)?.[1] ?? "";
      expect(saved.startsWith(other)).toBe(true);
      expect(played.stderr).toContain(`NW0809  the run is saved to \`${saved}\` instead`);
      expect(readdirSync(saved)).toContain("record.json");
    }
    expect(readFileSync(foreign, "utf8")).toBe("mine");
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot || process.platform === "win32" ? test.skip : test)("a folder without permission", async () => {
    const { net, folder } = smallProject();
    chmodSync(folder, 0o500);
    const played = await cli(["train", net, ...REFERENCE, "--out", join(folder, "runs")]);
    chmodSync(folder, 0o700);
    expect(played.code).toBe(1);
    expect(played.stderr).toContain("NW0831");
  });
});

function withoutEscapes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked for
  return text.replace(/\x1b(\[[\d;?]*[A-Za-z]|[78])/g, "");
}

test("what an option stands for is told by the name of the option", async () => {
  const { net, runs } = smallProject();
  const argv = ["train", net, "--out", runs, "--backend", "reference"];
  const from = await cli([...argv, "--from", "no-such-run"]);
  expect(from.code).toBe(1);
  expect(from.stderr).toMatch(/^--from:1:1 +error NW0851 /m);
  expect(from.stderr).not.toContain("--set");
});
