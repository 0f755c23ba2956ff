// Diagnostics on terminals of several widths, and where there is no terminal.

import { writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { cli } from "../support/cli.ts";
import { temporaryFolder } from "../support/project.ts";

const text =
  "netwright 1\nmodel {\n  input(3) -> dense(unit: 8, activation: relu, use_bias: true) -> dense(1)\n}\n";
const MESSAGE = "= Parameters of dense: `units`, `activation`, `use_bias`, `kernel_initializer`, ";

function file(): string {
  const path = `${temporaryFolder()}/m.net`;
  writeFileSync(path, text);
  return path;
}

test.each([40, 60, 120])("of %d columns", async (columns) => {
  const { stderr } = await cli(["check", file(), "--no-color"], { columns });
  const lines = stderr.split("\n").slice(1, -1);
  const prose = lines.filter((line) => !line.includes("/"));
  expect(prose.filter((line) => line.length > columns)).toEqual([]);
  expect(stderr.includes(MESSAGE)).toBe(columns === 120);
  const caret = lines.find((line) => line.includes("^^^^")) ?? "";
  const above = lines[lines.indexOf(caret) - 1] ?? "";
  expect(above.slice(caret.indexOf("^")).startsWith("unit")).toBe(true);
});

test("a pipe gets each sentence on one line", async () => {
  const { stderr } = await cli(["check", file()]);
  expect(stderr).toContain(MESSAGE);
});
