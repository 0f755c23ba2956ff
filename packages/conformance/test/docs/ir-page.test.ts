// docs/ir.md: its tables are those of the code, and no constraint is without words. `UPDATE_DOCS=1` writes the tables.

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parse, verify } from "@netwright/ir";
import { constraintMessages, operationLabels } from "./constraints.ts";
import { withTables } from "./markdown.ts";
import { backendTable, constraintTable, operationTable, typeTable } from "./tables.ts";

const PAGE = new URL("../../../../docs/ir.md", import.meta.url);
const tables = {
  operations: operationTable(),
  types: typeTable(),
  backends: backendTable(),
  constraints: constraintTable(),
} as const;

test("the tables are those of the code: `npm run docs:ir` writes them anew", () => {
  const page = readFileSync(PAGE, "utf8");
  const current = withTables(page, tables);
  if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(PAGE, current);
  else expect(page).toBe(current);
});

test("every constraint of an operation has its words", () => {
  const messages = constraintMessages();
  expect(operationLabels().filter((label) => (messages.get(label) ?? "") === "")).toEqual([]);
});

test("a constraint that a function is handed has the words of that function", () => {
  const messages = constraintMessages();
  expect(
    ["reduce_window_c3", "reduce_window_c4", "reduce_window_c5"].map((label) => messages.get(label)),
  ).toEqual([
    "every list needs ... entries",
    "sizes, strides and dilations are at least 1",
    "dimension ... would have size ...",
  ]);
});

test("the programs on the page are valid", () => {
  const programs = [...readFileSync(PAGE, "utf8").matchAll(/```ir\n([\s\S]*?)```/g)];
  expect(programs.length).toBeGreaterThan(0);
  for (const [, text = ""] of programs) expect(verify(parse(text))).toEqual([]);
});
