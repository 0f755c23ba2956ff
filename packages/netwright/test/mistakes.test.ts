// Mistakes in text and data, as a user of the API sees them: the rendered diagnostics.

import { expect, test } from "@jest/globals";
import { memoryFiles, NetwrightError, openProject, train } from "netwright";
import { csv, source } from "./support.ts";

async function messageOf(text: string, data: string): Promise<string> {
  try {
    await train(text, { backend: "reference", data });
  } catch (error) {
    if (error instanceof NetwrightError) return error.message;
    throw error;
  }
  throw new Error("training was expected to be refused");
}

const rows = csv.split("\n");
const withRow = (row: string) => [...rows.slice(0, 5), row, ...rows.slice(5)].join("\n");

test.each([
  ["ragged row", source, withRow("1,2"), [/line 6/i]],
  ["text in a number column", source, withRow("1,two,3"), [/`b`/, /two/, /row 5|line 6/i]],
  ["missing value", source, withRow("1,,3"), [/`b`/]],
  ["infinity", source, withRow("1,Infinity,3"), [/`b`/]],
  ["too few rows", source, rows.slice(0, 3).join("\n"), [/rows/]],
  ["header only", source, "a,b,y\n", [/no rows/]],
  ["empty data", source, "", [/empty/]],
  ["duplicate header", source, csv.replace("a,b,y", "a,a,y"), [/`a`/]],
  ["unknown target", source.replace("target: y", "target: yy"), csv, [/`yy`/, /`y`/, /5:11/]],
  ["outside of the contract", source, withRow("99,1,3"), [/`a`/, /10/]],
])("%s", async (_, text, data, patterns) => {
  const message = await messageOf(text, data);
  for (const pattern of patterns) expect(message).toMatch(pattern);
});

test("several mistakes are reported at once, each at its place", async () => {
  const broken = source.replace("tanh", "tahn").replace("adam(", "adamm(").replace("mse", "msee");
  const message = await messageOf(broken, csv);
  for (const word of ["tahn", "adamm", "msee"]) expect(message).toContain(word);
  for (const suggestion of ["tanh", "adam", "mse"]) expect(message).toContain(`\`${suggestion}\``);
});

test("a missing data file is reported at `source`", () => {
  const project = openProject({ file: "a/line.net", text: source }, { files: memoryFiles(new Map()) });
  expect(project.prepared).toBeUndefined();
  expect(project.diagnostics.map(({ code }) => code)).toEqual(["NW0610"]);
  const [{ span } = {}] = project.diagnostics;
  expect(source.slice(span?.start, span?.end)).toBe('"line.csv"');
});

test("a constant column is a warning and trains", async () => {
  const constant = rows.map((row, i) => (i === 0 ? `${row},c` : `${row},7`)).join("\n");
  const model = await train(source, { backend: "reference", data: constant, epochs: 2 });
  expect(Number.isFinite(model.history[1]?.loss)).toBe(true);
  const project = openProject(
    { file: "line.net", text: source },
    { files: memoryFiles(new Map([["line.csv", constant]])) },
  );
  expect(project.diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
    ["warning", expect.stringContaining("`c`")],
  ]);
});

test("without data or train there is nothing to train on", async () => {
  const bare = "netwright 1\nmodel {\n  input(2)\n  dense(1)\n}\n";
  const message = await messageOf(bare, csv);
  expect(message).toMatch(/NW0611/);
  expect(message).toMatch(/NW0612/);
});
