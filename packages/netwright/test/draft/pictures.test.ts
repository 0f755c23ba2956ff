// Drafts of tables whose columns are the pixels of pictures.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { readCsv, type Table } from "@netwright/data";
import { memoryFiles, openProject } from "netwright";
import { type DraftOptions, draftNet } from "../../src/draft/draft-net.ts";

function tableOf(text: string): Table {
  const result = readCsv(text, { name: "table.csv" });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

function drafted(text: string, options: Partial<DraftOptions> = {}) {
  const draft = draftNet(tableOf(text), { source: "table.csv", name: "pictures", ...options });
  if (!draft.ok) throw new Error(draft.problem);
  return draft;
}

function mistakesIn(text: string, table: string) {
  const files = memoryFiles(new Map([["table.csv", table]]));
  return openProject({ file: "table.net", text }, { files }).diagnostics;
}

const digits = readFileSync(new URL("../../../../examples/digits/digits.csv", import.meta.url), "utf8");

describe("the digits of the example", () => {
  const draft = drafted(digits);

  test("are pictures of classes, and have a convolutional network", () => {
    expect([draft.target, draft.task, draft.recipe, draft.features.length]).toEqual([
      "digit",
      "classes",
      "convolutional",
      64,
    ]);
    expect(draft.leftOut).toEqual([]);
    expect(draft.text).toContain("# Predicts digit from pictures of 8 x 8 pixels of table.csv, 1,797 rows.");
    expect(draft.text).toContain('    image: image(8, 8, columns: "p*", max: 16)  # 64 columns, p00 to p77');
    expect(draft.text).not.toContain("\n  scale:");
    expect(mistakesIn(draft.text, digits)).toEqual([]);
  });

  test("are numbers, or columns of their own, where that is asked for", () => {
    const numbers = drafted(digits, { task: "numbers" });
    expect(numbers.text).toContain("loss: huber");
    expect(mistakesIn(numbers.text, digits)).toEqual([]);
    expect(drafted(digits, { recipe: "plain" }).text).not.toContain("image(");
    expect(drafted(digits, { target: "p33" }).text).not.toContain("image(");
  });
});

/** Columns with the names and values of `brightAt`. */
function table(size: number, brightAt: (row: number, i: number) => number, beside = false): string {
  const names = Array.from({ length: size }, (_, i) => `v${i}`);
  const rows = Array.from({ length: 60 }, (_, row) =>
    [
      ...(beside ? [(row * 7.3) % 5] : []),
      ...names.map((_, i) => brightAt(row, i)),
      row % 2 === 0 ? "a" : "b",
    ].join(","),
  );
  return [[...(beside ? ["weight"] : []), ...names, "kind"].join(","), ...rows].join("\n");
}

/** A bright place that lies elsewhere in each row. */
const spot = (row: number, i: number) => {
  const [y, x] = [Math.floor(i / 8) - (row % 7), (i % 8) - ((row * 3) % 7)];
  return Math.max(0, 250 - 60 * (Math.abs(y) + Math.abs(x)));
};
const noise = (row: number, i: number) => ((row * 7919 + i * 104729 + row * i * 31) % 1009) % 251;

test.each([
  ["as many columns as no square has", table(63, spot)],
  ["a column beside them", table(64, spot, true)],
  ["columns that have nothing to do with their neighbours", table(64, noise)],
  ["numbers that no pixel has", table(64, (row, i) => 4 * spot(row, i))],
])("none: %s", (_, text) => {
  expect(drafted(text).text).not.toContain("image(");
  expect(drafted(table(64, spot)).text).toContain('image: image(8, 8, columns: "v*")');
});
