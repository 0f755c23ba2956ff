import { readdirSync } from "node:fs";
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

  test("needs the target, and --data", async () => {
    const played = await evaluate(project.write("no-target.csv", "a,b\n1,2\n"));
    expect(played).toMatchObject({ code: 1, stdout: "" });
    expect(played.stderr).toContain("NW0650");
    expect((await cli(["evaluate", run])).code).toBe(2);
  });
});
