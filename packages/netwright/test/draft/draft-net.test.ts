// A drafted file is sound whatever the table: it is checked without a diagnostic, is in canonical form, and trains.

import { expect, test } from "@jest/globals";
import { readCsv } from "@netwright/data";
import { analyze, format } from "@netwright/lang";
import fc from "fast-check";
import { catalog, type DraftOptions, draftNet, train } from "netwright";

function tableOf(csv: string) {
  const read = readCsv(csv, { name: "table.csv" });
  if ("problems" in read) throw new Error(read.problems.map(({ message }) => message).join("\n"));
  return read.table;
}

function csvOf(
  names: readonly string[],
  rows: number,
  cell: (row: number, column: number) => string,
): string {
  const quoted = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(",");
  const lines = Array.from({ length: rows }, (_, r) => names.map((_, c) => cell(r, c)).join(","));
  return `${[quoted, ...lines].join("\n")}\n`;
}

const number = (row: number, column: number) => String(((row * 7 + column * 3) % 11) + row / 10);
const options: DraftOptions = { source: "table.csv", name: "table", recipe: "plain" };

function drafted(csv: string, target?: string): string {
  const draft = draftNet(tableOf(csv), target === undefined ? options : { ...options, target });
  if (!draft.ok) throw new Error([draft.problem, ...draft.remedies].join(" "));
  return draft.text;
}

test("any names of columns give a file without a diagnostic, in canonical form", () => {
  const name = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text && !/[\r\n]/.test(text)),
    fc.constantFrom(
      "model",
      "train",
      "all",
      "none",
      "true",
      "in",
      "if",
      "use",
      "repeat",
      "features",
      "a b",
      "Größe",
      "a\u0007",
      "\u001b[31mred",
      'a\tb "c" \\d',
      "1st",
      "#",
    ),
  );
  const names = fc.uniqueArray(name, { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(names, (columns) => {
      const csv = csvOf(columns, 12, number);
      const text = drafted(csv);
      const host = {
        readFile: () => undefined,
        columns: () => tableOf(csv).columns.map(({ name: own }) => own),
      };
      const { diagnostics } = analyze({ file: "draft.net", text }, { catalog, host });
      expect(diagnostics).toEqual([]);
      expect(format(text).text).toBe(text);
    }),
  );
});

test("it trains, with text, empty, constant and incomplete columns in the table", async () => {
  const cells = [
    number,
    (row: number) => `name ${row}`,
    () => "",
    () => "5",
    (row: number) => (row % 9 === 0 ? "" : String(row)),
    (row: number) => String(3 * row),
  ];
  const csv = csvOf(["a", "name", "empty", "same", "gaps", "y"], 60, (r, c) => cells[c]?.(r, c) ?? "");
  const text = drafted(csv);
  expect(text).toMatch(/features: \[a, gaps\]/);
  expect(text).toMatch(
    /left out: `name` \(words, different in every row\)\n.*`empty` \(empty\)\n.*`same` \(the same in all rows\)/,
  );
  expect(text).toMatch(
    /gaps: number\(min: 0, missing: median\(indicator: true\)\) {2}# 1 to 59, 7 empty; .*\n.*\n.*\n {2}missing: median/,
  );
  const { metrics } = await train(text, { backend: "reference", data: csv, epochs: 2 });
  expect(metrics.test?.["mae"]).toBeGreaterThan(0);
});

test("rows without their target are dropped", async () => {
  const csv = csvOf(["a", "y"], 60, (r, c) => (c === 1 && r % 10 === 0 ? "" : number(r, c)));
  const text = drafted(csv);
  expect(text).toMatch(/y: number\(missing: drop\) {2}# 6 rows without a target are not used/);
  expect(text).not.toMatch(/missing: median/);
  await train(text, { backend: "reference", data: csv, epochs: 1 });
});

test("size and loss follow the rows and the target", () => {
  const of = (rows: number, target: (row: number) => number) =>
    drafted(csvOf(["a", "y"], rows, (r, c) => (c === 0 ? number(r, c) : String(target(r)))));
  expect(of(40, (row) => row * row)).toMatch(
    /So few rows[\s\S]*width = 16 [\s\S]*l2\(0\.03\)[\s\S]*loss: huber/,
  );
  const many = of(2500, (row) => (row % 2) / 2);
  expect(many).toMatch(/width = 128 [\s\S]*dense\(width, relu\)[\s\S]*loss: mse/);
  expect(many).not.toMatch(/So few rows|l2/);
});

test("classes of few rows are named as that", () => {
  const of = (rare: number) =>
    drafted(csvOf(["a", "y"], 60, (r, c) => (c === 0 ? number(r, c) : r < rare ? "fig" : `k${r % 2}`)));
  expect(of(4)).toContain("# A class has fewer than 5 rows: little is learned of it.");
  expect(of(5)).not.toContain("fewer than");
});

test("a wide table is described in short", () => {
  const names = Array.from({ length: 5000 }, (_, i) => `gene ${i}`);
  const text = drafted(csvOf([...names, "y"], 12, number));
  expect(text.split("\n").length).toBeLessThan(50);
  expect(text).toContain("features: all");
  const words = drafted(csvOf([...names, "x", "y"], 12, (r, c) => (c < 5000 ? `w${r % 3}` : number(r, c))));
  expect(words).toMatch(
    /left out: `gene 0`, .* and 4,988 more \(one of 5,000 columns of words, more than a draft describes\)/,
  );
  expect(words.length).toBeLessThan(3000);
});
