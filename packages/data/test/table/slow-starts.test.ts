// Starts of files that were made to keep a reader busy: each is known, or taken for a table, at once.

import { expect, test } from "@jest/globals";
import { readCsv } from "../../src/index.ts";

test.each([
  ["comments of HTML", `${"<!-- -->".repeat(400)}x\n`],
  ["comments of HTML, and a page", `${"<!---->".repeat(400)}<html><body></body></html>`],
  ["comments within comments", `${"<!-- <!-- --> ".repeat(250)}\n`],
  ["blanks behind a bracket", `["a"${"\t".repeat(4000)}`],
  ["one cell of digits and a letter", `a,b\n${"1".repeat(90_000)}x,2\n`],
  ["one cell of groups", `a,b\n"${"1,".repeat(45_000)}x",2\n`],
  ["one cell of dates", `a,b\n${"1.1.".repeat(20_000)}x,2\n`],
  ["one cell of blanks", `a,b\n"x${" ".repeat(90_000)}y",2\n`],
  ["one cell with a long unit", `a,b\n1${"k".repeat(90_000)},2\n`],
])("%s", (_, text) => {
  const start = process.cpuUsage();
  const result = readCsv(text, { name: "t.csv" });
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(5);
  expect("table" in result || result.problems.length > 0).toBe(true);
});
