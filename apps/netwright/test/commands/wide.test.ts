// Tables of thousands of columns: nothing grows with the square of their number, and a screen holds what is said.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

const COLUMNS = 3000;
/** Seconds of processor time, far more than any of these takes; what was quadratic took ten times as long. */
const LIMIT = 8;

function wideCsv(cell: (row: number, column: number) => string, rows = 20): string {
  const names = Array.from({ length: COLUMNS }, (_, i) => `col${i}`);
  const lines = Array.from({ length: rows }, (_, row) => names.map((_, i) => cell(row, i)).join(","));
  return `${names.join(",")}\n${lines.join("\n")}\n`;
}

const numbers = (row: number, column: number) => String(((row + 1) * (column + 7)) % 101);

function net(rest: string, model = "dense(1)"): string {
  return `netwright 1\ndata { source: "wide.csv" target: col0 ${rest} }\nmodel { ${model} }\ntrain { loss: mse epochs: 1 }\n`;
}

async function timed<T>(work: () => Promise<T>): Promise<T> {
  const start = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(LIMIT);
  return result;
}

jest.setTimeout(120_000);

describe("data head", () => {
  test("shows the first columns, and says how to see all", async () => {
    const { write } = smallProject();
    const csv = write("wide.csv", wideCsv(numbers));
    for (const scene of [{}, { columns: 80 }]) {
      const { stdout } = await timed(() => cli(["data", "head", csv], scene));
      expect(stdout.split("\n").length).toBeLessThan(250);
      expect(stdout).toContain("2,960 more columns not shown: `--columns 3000` shows all");
    }
    const all = await timed(() => cli(["data", "head", csv, "--columns", "3000"]));
    expect(all.stdout).toMatch(/^col2999 /m);
    expect(all.stdout).not.toContain("not shown");
    const json = lastLine(await timed(() => cli(["data", "head", csv, "--format", "json"])));
    expect((json as { columns: readonly unknown[] }).columns).toHaveLength(COLUMNS);
  });

  test("no cell is wider than a line, however long its value is", async () => {
    const { write } = smallProject();
    const long = "9".repeat(90_000);
    const csv = write("long.csv", `a,${"n".repeat(5000)}\n1,2\n3,${long}x\n`);
    const { stdout } = await timed(() => cli(["data", "head", csv]));
    expect(stdout.length).toBeLessThan(2000);
  });
});

describe("other commands", () => {
  test.each([
    ["names that are not there", numbers, net(`features: [${names("cxl", "q")}]`)],
    ["names that are there", numbers, net(`features: [${names("col")}]`)],
    ["columns with a mistake each", numbers, net(`columns { ${names("col", ": number(rage: 1)", "\n")} }`)],
    ["columns that are not there", numbers, net(`columns { ${names("cxl", "q: number", "\n")} }`)],
    ["columns with text in each", (row: number, i: number) => (i === 0 ? String(row) : `w${row}`), net("")],
    [
      "words",
      (row: number, i: number) => (i === 0 ? String(row) : ("ab"[row % 2] ?? "")),
      net(`columns { ${names("col", ": category", "\n")} }`),
    ],
    ["an input for each", numbers, net(`features: [${names("col")}]`, "input(col1)\ndense(1)")],
  ])("check, with %s", async (_, cell, text) => {
    const { write } = smallProject();
    write("wide.csv", wideCsv(cell));
    const { stderr } = await timed(() => cli(["check", write("wide.net", text)]));
    expect(stderr.split("\n").length).toBeLessThan(1200);
    expect(stderr).not.toContain("NW0999");
  });

  test("init, train, evaluate, predict, explain", async () => {
    const { write, runs } = smallProject();
    const csv = write("wide.csv", wideCsv(numbers));
    const file = csv.replace(".csv", ".net");
    expect((await timed(() => cli(["init", csv, "--target", "col0"]))).code).toBe(0);
    expect((await timed(() => cli(["explain", file]))).code).toBe(0);
    const argv = [
      "train",
      file,
      "--backend",
      "reference",
      "--epochs",
      "1",
      "--set",
      "train.batch=16",
      "--out",
      runs,
    ];
    expect((await timed(() => cli(argv))).code).toBe(0);
    const run = join(runs, readdirSync(runs)[0] ?? "");
    expect((await timed(() => cli(["evaluate", run, "--data", csv]))).code).toBe(0);
    expect((await timed(() => cli(["predict", run, "--input", csv, "--keep", "all"]))).code).toBe(0);
  });
});

function names(before: string, behind = "", joint = ", "): string {
  return Array.from({ length: COLUMNS - 1 }, (_, i) => `${before}${i + 1}${behind}`).join(joint);
}
