// The commands on a table that is several files: splits by them, and the column that names them.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { cli } from "../support/cli.ts";
import { temporaryFolder } from "../support/project.ts";

const YEARS = [2022, 2023, 2024, 2025];
const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  process.chdir(folder);
  mkdirSync("data");
  for (const year of YEARS) writeYear(year);
});
afterEach(() => process.chdir(home));

function writeYear(year: number): void {
  const rows = Array.from({ length: 20 }, (_, i) => [(i * 7) % 11, (i * 5) % 13, year % 4]);
  const lines = rows.map(([a = 0, b = 0, more = 0]) => `${a},${b},${a + b + more}\n`);
  writeFileSync(`data/${year}.csv`, `a,b,y\n${lines.join("")}`);
}

function net(settings: string): string {
  return `netwright 1
data t {
  source: "data/*.csv"
  target: y
  ${settings}
}
model { dense(1) }
train { epochs: 2 }
`;
}

const BY_FILE = 'split: by_file(validation: "2024*", test: "2025*")';

async function trained(settings: string, ...more: string[]): Promise<string> {
  writeFileSync("t.net", net(settings));
  const played = await cli(["train", "t.net", ...more]);
  expect([played.code, played.stderr]).toEqual([0, played.stderr]);
  return join("runs", readdirSync("runs")[0] ?? "");
}

test("a run by_file is evaluated on its own file, also from another folder", async () => {
  const run = await trained(BY_FILE);
  const here = await cli(["evaluate", run]);
  expect(here.code).toBe(0);
  expect(here.stdout).toMatch(/^rows +20$/m);
  expect((await cli(["explain", "t.net", "--resolved"])).stdout).toContain(BY_FILE);
  process.chdir(home);
  const there = await cli(["evaluate", join(folder, run)]);
  expect(there.stdout).toBe(here.stdout);
});

test.each([BY_FILE, "file_column: file, split: grouped(by: file)"])(
  "an interrupted training with %s is gone on with, to the same run",
  async (settings) => {
    const whole = await trained(settings, "--epochs", "10");
    const hash = () => JSON.parse(readFileSync(join(whole, "record.json"), "utf8")).hash;
    const expected = hash();
    rmSync("runs", { recursive: true });
    const part = await cli(["train", "t.net", "--epochs", "10", "--format", "json"], {
      interrupt: { at: /epoch +3\/10/, after: [0] },
    });
    expect(part.code).toBe(130);
    expect((await cli(["train", "--resume", whole])).code).toBe(0);
    expect(hash()).toEqual(expected);
  },
);

test("a file that comes later makes other rows, and that is said", async () => {
  const run = await trained(BY_FILE);
  writeYear(2026);
  const later = await cli(["evaluate", run]);
  expect(later.code).toBe(1);
  expect(later.stderr).toContain("NW0912");
});

test("what is wrong stands at its place, and a study has no folds", async () => {
  writeFileSync("t.net", net('split: by_file(test: "2026*")'));
  const wrong = await cli(["check", "t.net"]);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain("t.net:5:10");
  expect(wrong.stderr).toContain("No file of the table fits `2026*`, which `by_file` names.");
  expect(wrong.stderr).toContain("The files: `2022.csv`, `2023.csv`, `2024.csv` and `2025.csv`.");
  writeFileSync("t.net", net(BY_FILE));
  const study = await cli(["train", "t.net", "--folds", "2"]);
  expect(study.code).toBe(1);
  expect(study.stderr).toContain("NW0618");
});

test("folds of a split that is grouped by file are by file", async () => {
  writeFileSync("t.net", net("file_column: file, split: grouped(by: file)"));
  const study = await cli(["train", "t.net", "--folds", "4", "--quiet", "--format", "json"]);
  expect([study.code, study.stderr]).toEqual([0, ""]);
});

const FEATURE = "file_column: file, features: [a, b, file], columns { file: category }";

test("a model that learns of files takes their names where it predicts", async () => {
  const run = await trained(FEATURE, "--epochs", "30");
  const predicted = async (input: string, ...more: string[]) => {
    const played = await cli(["predict", run, "--input", input, ...more]);
    expect([played.code, played.stderr]).toEqual([0, ""]);
    return played.stdout.trimEnd().split("\n");
  };
  // By its own name.
  const own = await predicted("data/2022.csv");
  expect(own).toHaveLength(21);
  // By a pattern, whose files are one below the other.
  const all = await predicted("data/*.csv", "--keep", "a,file");
  expect(all[0]).toBe("a,file,y");
  expect(all[1]).toMatch(/^0,2022\.csv,/);
  expect(all.slice(1, 21).map((line) => line.split(",")[2])).toEqual(own.slice(1));
  expect(all[21]).toMatch(/^0,2023\.csv,/);
  // As a column of one file says.
  writeFileSync("new.csv", "a,b,file\n0,0,2022.csv\n0,0,2025.csv\n");
  const named = await predicted("new.csv");
  expect(named[1]).toBe(own[1]);
  expect(named[2]).not.toBe(named[1]);
  const measured = await cli(["evaluate", run, "--data", "data/2023.csv"]);
  expect([measured.code, measured.stdout]).toEqual([0, expect.stringMatching(/^rows +20$/m)]);
});

test("a name that training has not seen, and no name at all", async () => {
  const run = await trained(FEATURE);
  writeFileSync("2030.csv", "a,b\n1,2\n");
  const unknown = await cli(["predict", run, "--input", "2030.csv"]);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain("2030.csv");
  const stdin = await cli(["predict", run, "--input", "-"], { stdin: readFileSync("2030.csv", "utf8") });
  expect(stdin.code).toBe(1);
  expect(stdin.stderr).toContain("NW0650");
});

test("a model that does not learn of files never hears of them", async () => {
  const run = await trained("file_column: file, split: grouped(by: file)");
  for (const input of ["data/2022.csv", "data/*.csv"]) {
    const played = await cli(["predict", run, "--input", input]);
    expect([played.code, played.stderr]).toEqual([0, ""]);
  }
  expect((await cli(["evaluate", run])).code).toBe(0);
});
