// The tool on tables of its own: what it counts, and that it would notice what it is there to notice.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { attempt } from "../src/attempt.ts";
import { hold } from "../src/hold.ts";
import { look } from "../src/look.ts";
import { reportOf, reportText } from "../src/report.ts";
import { folderTables } from "../src/sources/folder.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-tables-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = (header: string, n: number, cells: (row: number) => string) =>
  `${header}\n${Array.from({ length: n }, (_, row) => cells(row)).join("\n")}\n`;

const number = (row: number) => ((row * 7) % 11) + row / 10;
const csv = rows('"",id,a,gaps,kind,y', 60, (row) =>
  [
    row + 1,
    row + 7,
    number(row),
    row % 5 === 0 ? "NA" : row * row,
    `k${row % 3}`,
    2 * number(row) + 30 * number(row + 5),
  ].join(","),
);

test("a table that trains, one of classes, one that is refused, and the sums", async () => {
  writeFileSync(join(folder, "fine.csv"), csv);
  writeFileSync(
    join(folder, "few.csv"),
    rows("a,b", 5, (row) => `${number(row)},${row * row}`),
  );
  writeFileSync(
    join(folder, "words.csv"),
    rows("a,b,kind", 40, (row) => `${number(row)},${row * row},k${row % 2}`),
  );
  writeFileSync(join(folder, "._fine.csv"), "what macOS puts beside it");
  const tables = folderTables(folder);
  expect(tables.map(({ name }) => name)).toEqual(["few", "fine", "words"]);
  const tried = [];
  for (const table of tables) tried.push({ table: table.name, result: await attempt(table, { threads: 1 }) });
  expect(tried.map(({ result: { outcome, code } }) => [outcome, code])).toEqual([
    ["refused", "NW0909"],
    ["trained", null],
    ["trained", null],
  ]);
  expect(tried[1]?.result).toMatchObject({
    target: "y",
    reason: "a target by its name",
    task: "numbers",
    features: 3,
    leftOut: 2,
    usable: 5,
    findings: { unaccounted: [], lost: [], indexes: [] },
  });
  const report = reportOf([...tried, { table: "bad", error: "it died" }]);
  expect(report).toMatchObject({
    tables: 4,
    eligible: 2,
    eligibleTrained: 2,
    tasks: { numbers: 1, classes: 1 },
    scored: 2,
    crashed: ["bad: it died"],
  });
  expect(reportText(report)).toContain("2 of 2 (100.0%)");
  const words = tables.filter(({ name }) => name === "words");
  for (const table of words) {
    const cut = { table: table.name, result: await attempt(table, { threads: 1, cut: 39 }) };
    expect(cut.result).toMatchObject({ outcome: "trained", epochs: 3, cut: true });
    expect(reportOf([cut]).cut).toBe(1);
  }
});

describe("what is held against a draft", () => {
  const seen = look(csv);
  const said = {
    target: "y",
    features: ["a", "gaps"],
    left_out: [
      { column: "", reason: "names of the rows" },
      { column: "id", reason: "an id by its name" },
      { column: "kind", reason: "words" },
    ],
  };

  test("nothing is said of a draft that is right", () => {
    expect(hold(seen, said)).toEqual({ unaccounted: [], lost: [], indexes: [] });
    expect(hold(seen, null)).toEqual({ unaccounted: [], lost: [], indexes: [] });
  });

  test("a column that is nowhere, or left out without a reason", () => {
    const left_out = [{ column: "id", reason: "" }];
    expect(hold(seen, { ...said, left_out }).unaccounted).toEqual(["", "id", "kind"]);
  });

  test("numbers lost to words for missing values", () => {
    const left_out = [...said.left_out, { column: "gaps", reason: "words, most of them different" }];
    expect(hold(seen, { ...said, features: ["a"], left_out }).lost).toEqual(["gaps"]);
  });

  test("row numbers among the features", () => {
    expect(
      hold(look(rows("n,a,y", 9, (row) => `${row},${number(row)},1`)), { ...said, features: ["n", "a"] })
        .indexes,
    ).toEqual(["n"]);
    expect(hold(seen, { ...said, features: ["", "a"] }).indexes).toEqual([""]);
  });
});
