// What reading a table loses of a column is told where the file speaks of that column.

import { expect, test } from "@jest/globals";
import { memoryFiles, openProject } from "netwright";

const ROWS = Array.from({ length: 40 }, (_, i) => `${2n ** 60n + 1001n * BigInt(i)},${i},${2 * i}`);

function toldOf(data: string): readonly string[] {
  const text = `netwright 1\ndata t {\n  source: "t.csv"\n  target: y\n  ${data}\n}\nmodel { dense(1) }\n`;
  const files = memoryFiles(new Map([["t.csv", `id,x,y\n${ROWS.join("\n")}\n`]]));
  const { prepared, diagnostics } = openProject({ file: "t.net", text }, { files });
  expect(prepared).toBeDefined();
  return diagnostics.map(({ code }) => code).filter((code) => code === "NW0673");
}

test.each([
  ["as a feature", "features: all"],
  ["as one that is listed", "features: [x, id]"],
  ["as that which tells groups apart", "features: [x]\n  split: grouped(by: id)"],
  ["as what rows count", "features: [x]\n  weight: id"],
])("%s", (_, data) => {
  expect(toldOf(data)).toEqual(["NW0673"]);
});

test("and not where it is left out, as `init` does with ids", () => {
  expect(toldOf("features: [x]")).toEqual([]);
});
