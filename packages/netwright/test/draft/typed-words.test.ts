// Dates and truth values in a draft: described as what they are, and trained.

import { describe, expect, test } from "@jest/globals";
import { readCsv } from "@netwright/data";
import { analyze, format } from "@netwright/lang";
import { catalog, draftNet, train } from "netwright";

type Cells = (row: number) => string | number;

const numbers: Cells = (row) => ((row * 7) % 11) + row / 10;

function csvOf(columns: Readonly<Record<string, Cells>>, rows = 40): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    Object.values(columns)
      .map((cells) => cells(row))
      .join(","),
  );
  return `${[Object.keys(columns).join(","), ...lines].join("\n")}\n`;
}

function draftOf(columns: Readonly<Record<string, Cells>>) {
  const csv = csvOf(columns);
  const read = readCsv(csv, { name: "table.csv" });
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  const draft = draftNet(read.table, { source: "table.csv", name: "table", recipe: "plain" });
  if (!draft.ok) throw new Error(draft.problem);
  return { ...draft, csv };
}

const others: Cells = (row) => (row * row) % 23;
const two = (x: number) => String(x).padStart(2, "0");

test.each<[string, Cells, string]>([
  ["dates", (row) => `2024-05-${two(1 + (row % 28))}`, "when: date  # 2024-05-01 to 2024-05-28"],
  [
    "days first",
    (row) => `${1 + (row % 28)}/5/2024`,
    "when: date(format: day_month_year)  # 2024-05-01 to 2024-05-28",
  ],
  ["months first", (row) => `5/${1 + (row % 28)}/2024`, "when: date(format: month_day_year)  #"],
  [
    "times of day",
    (row) => `2024-05-01T${two(row % 24)}:30`,
    "when: date(parts: [elapsed, month, day, weekday, hour])  # 2024-05-01T00:30:00 to 2024-05-01T23:30:00",
  ],
  [
    "gaps",
    (row) => (row % 4 === 0 ? "" : `2024-05-${two(row % 28 || 1)}`),
    "when: date  # 2024-05-01 to 2024-05-27, 10 empty",
  ],
  ["NA beside dates", (row) => (row % 4 === 0 ? "NA" : `2024-05-${two(row % 28 || 1)}`), ", 10 empty"],
  ["yes and no", (row) => ["yes", "No"][row % 2] ?? "", "when: boolean  # 2 words: No (20), yes (20)"],
  [
    "TRUE and FALSE",
    (row) => ["TRUE", "FALSE", "FALSE"][row % 3] ?? "",
    "when: boolean  # 2 words: FALSE (26), TRUE (14)",
  ],
  [
    "T, F and gaps",
    (row) => ["T", "F", ""][row % 3] ?? "",
    "when: boolean  # 2 words: T (14), F (13), 13 empty",
  ],
])("%s are described, and the file trains", async (_, cells, line) => {
  const draft = draftOf({ when: cells, a: numbers, b: others });
  expect(draft.leftOut).toEqual([]);
  expect(draft.features).toEqual(["when", "a"]);
  expect(draft.text.replace(/ +/g, " ")).toContain(line.replace(/ +/g, " "));
  expect(format(draft.text).text).toBe(draft.text);
  const host = { readFile: () => undefined, columns: () => ["when", "a", "b"] };
  expect(analyze({ file: "draft.net", text: draft.text }, { catalog, host }).diagnostics).toEqual([]);
  const model = await train(draft.text, { backend: "reference", data: draft.csv, epochs: 1 });
  expect(model.metrics.test?.["mae"]).toBeGreaterThan(0);
  const when = draft.text.includes("when: date") ? new Date(Date.UTC(2024, 4, 3)) : true;
  const prediction = await model.predict({ when, a: 3 });
  expect(Number.isFinite(prediction["b"])).toBe(true);
  await model.dispose();
});

describe("other words stay words", () => {
  test.each<[string, readonly string[]]>([
    ["three of them", ["yes", "no", "maybe"]],
    ["of two pairs", ["yes", "false"]],
    ["f and m", ["f", "m"]],
  ])("%s", (_, words) => {
    const draft = draftOf({ w: (row) => words[row % words.length] ?? "", a: numbers, b: others });
    expect(draft.text).toContain("w: category  #");
  });

  test("as a target, the words of a truth value are classes", () => {
    const draft = draftOf({ a: numbers, b: others, y: (row) => ["yes", "no"][row % 2] ?? "" });
    expect(draft.task).toBe("classes");
    expect(draft.text).not.toContain("boolean");
  });
});
