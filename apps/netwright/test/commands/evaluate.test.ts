import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { SMALL, type SmallProject, smallCsv, smallProject } from "../support/project.ts";

let project: SmallProject;
let run: string;

beforeAll(async () => {
  project = smallProject(`${SMALL}\nexpect {\n  test.r2 > -100\n  train.mae < 1e9\n}\n`);
  await cli([
    "train",
    project.net,
    "--backend",
    "reference",
    "--out",
    project.runs,
    "--epochs",
    "3",
    "--quiet",
  ]);
  run = join(project.runs, readdirSync(project.runs)[0] ?? "");
});

const evaluate = (data: string, ...more: string[]) =>
  cli(["evaluate", run, "--backend", "reference", "--data", data, ...more]);

describe("evaluate", () => {
  test("shows the metrics of the table and the expectations about the test split", async () => {
    const played = await evaluate(project.csv);
    expect(played.code).toBe(0);
    expect(played.stdout).toMatch(/^rows +60$/m);
    expect(played.stdout).toMatch(/^MAE \(m\) +[\d.]+$/m);
    expect(played.stdout).toMatch(/^pass {2}test\.r2 > -100/m);
    expect(played.stdout).not.toContain("train.mae");
  });

  test("gives exit code 3 when an expectation is not met", async () => {
    const strange = project.write(
      "strange.csv",
      smallCsv().replace(/^(\d,\d),.*$/gm, (_, ab, at) => `${ab},${at % 2}`),
    );
    const played = await evaluate(strange, "--quiet");
    expect(played).toMatchObject({ code: 3, stdout: "" });
    expect(played.stderr).toContain("NW0705");
  });

  test("gives JSON", async () => {
    const played = await evaluate(project.csv, "--format", "json");
    expect(lastLine(played)).toMatchObject({
      run,
      backend: "reference",
      rows: 60,
      metrics: { mae: expect.any(Number), r2: expect.any(Number) },
      expectations: [{ text: "test.r2 > -100", passed: true }],
      baseline: { mae: expect.any(Number), r2: expect.any(Number) },
      diagnostics: [{ code: "NW0842", severity: "warning" }],
    });
  });

  test("needs the target", async () => {
    const played = await evaluate(project.write("no-target.csv", "a,b\n1,2\n"));
    expect(played).toMatchObject({ code: 1, stdout: "" });
    expect(played.stderr).toContain("NW0650");
  });
});

describe("without --data", () => {
  const own = (directory: string, ...more: string[]) =>
    cli(["evaluate", directory, "--backend", "reference", ...more]);
  const trained = async (source = SMALL, ...more: string[]) => {
    const made = smallProject(source);
    const argv = [
      "train",
      made.net,
      "--backend",
      "reference",
      "--out",
      made.runs,
      "--format",
      "json",
      ...more,
    ];
    return { ...made, result: lastLine(await cli(argv)) as { run: string; metrics: { test: object } } };
  };

  test("the run's own test rows are measured, to the numbers of its training", async () => {
    const { result } = await trained(SMALL, "--set", "width=3", "--seed", "9");
    const { test: metrics } = result.metrics;
    const played = await own(result.run, "--format", "json");
    expect(lastLine(played)).toMatchObject({ rows: 9, metrics });
    const record = JSON.parse(readFileSync(join(result.run, "record.json"), "utf8"));
    expect(lastLine(played)).toMatchObject({
      loss: record.splits.test.loss,
      baseline: record.splits.test.baseline,
    });
    const shown = await own(result.run);
    expect(shown.stderr).toContain("Evaluating small on reference: its own 9 test rows of small.csv");
    expect(shown.stdout).toMatch(/^rows +9$/m);
  });

  test("of a run with a teacher too, whose rows without a truth were trained on", async () => {
    const made = smallProject(
      SMALL.replace("target: y", "target: y\n  teacher: t"),
      smallCsv()
        .split("\n")
        .map((line, i) =>
          i === 0 ? `${line},t` : line.replace(/(.*),(.*)/, i % 3 === 0 ? "$1,,$2" : "$1,$2,$2"),
        )
        .join("\n"),
    );
    const argv = ["train", made.net, "--backend", "reference", "--out", made.runs, "--format", "json"];
    const taught = lastLine(await cli(argv)) as { run: string; metrics: { test: object } };
    const { test: metrics } = taught.metrics;
    expect(lastLine(await own(taught.run, "--format", "json"))).toMatchObject({ metrics });
    expect((await cli(["explain", taught.run, "--importance"])).code).toBe(0);
    expect((await cli(["explain", taught.run, "--activations", "1"])).code).toBe(0);
    const beside = await cli(["baseline", made.net, "--runs", made.runs]);
    expect(beside.stdout).toContain(`network: ${taught.run}`);
  });

  test("the file may have changed since: what counts is the text that the run keeps", async () => {
    const { net, result } = await trained();
    writeFileSync(net, "netwright 1\n");
    expect((await own(result.run)).code).toBe(0);
    rmSync(net);
    expect((await own(result.run)).code).toBe(0);
  });

  test("a table whose rows have changed is refused, one that is away is named", async () => {
    const { csv, result } = await trained();
    writeFileSync(csv, smallCsv(59));
    const changed = await own(result.run);
    expect(changed).toMatchObject({ code: 1, stdout: "" });
    expect(changed.stderr).toMatch(/NW0912 .*`small\.csv`[\s\S]*--data/);
    rmSync(csv);
    const away = await own(result.run);
    expect(away.stderr).toMatch(/NW0610 .*small\.csv[\s\S]*directory in which it was trained/);
  });

  test("a run without test rows says so", async () => {
    const split = "  target: y\n  split: { train: 80%, validation: 20%, test: 0%, seed: 0 }\n";
    const { result } = await trained(SMALL.replace("  target: y\n", split));
    const played = await own(result.run);
    expect(played.code).toBe(1);
    expect(played.stderr).toMatch(/NW0912 .*no test rows/);
  });

  test("a run that was trained in its folder is found from elsewhere, beside its folder of runs", async () => {
    const { folder } = smallProject();
    const before = process.cwd();
    process.chdir(folder);
    await cli(["train", "small.net", "--backend", "reference", "--quiet"]);
    process.chdir(before);
    const played = await own(join(folder, "runs", readdirSync(join(folder, "runs"))[0] ?? ""));
    expect(played.code).toBe(0);
    expect(played.stderr).toContain("9 test rows of small.csv");
  });
});
