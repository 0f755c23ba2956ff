// An argument that belongs to what another argument holds, or to another parameter, is told with the place where it goes.

import { expect, test } from "@jest/globals";
import { memoryFiles, openProject } from "netwright";

const rows = Array.from({ length: 24 }, (_, i) => `${i % 3 === 0 ? "hill" : "shore"},${i},${2 * i + 10}\n`);
const table = `Place,Size,Price\n${rows.join("")}`;

function told(column: string, layer: string, loss = "mse"): readonly string[] {
  const text = `netwright 1
data homes { source: "homes.csv", target: Price, columns { ${column} } }
model { ${layer} -> dense(outputs) }
train { loss: ${loss} }
`;
  const files = memoryFiles(new Map([["homes.csv", table]]));
  const { diagnostics } = openProject({ file: "homes.net", text }, { files, data: table });
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ notes, fix }) => [...notes, fix?.title ?? ""].join(" "));
}

test.each([
  ["Place: category(unknown: other)", "`category(encoder: one_hot(unknown: other))`"],
  ["Size: number(indicator: true)", "`number(missing: mean(indicator: true))`"],
  ["Place: category(smoothing: 3)", "`category(encoder: target_mean(smoothing: 3))`"],
])("%s", (column, note) => {
  expect(told(column, "dense(8)").join()).toContain(note);
});

test.each([
  ["dense(8, l2: 0.01)", "`dense(kernel_regularizer: l2(0.01))`"],
  ["dense(8, glorot_normal: true)", "`dense(kernel_initializer: glorot_normal)`"],
  ["dense(8, unit: 3)", "did you mean `units`?"],
  ["reshape([2, 1]) -> conv1d(8, 3, relu)", "did you mean `activation: relu`?"],
])("%s", (layer, note) => {
  expect(told("Size: number", layer).join()).toContain(note);
});

test("a list where one value is wanted is that of the parameter that takes one", () => {
  const [only, ...more] = told("Place: category", "dense(8)", "quantile([0.1, 0.5, 0.9])");
  expect(more).toEqual([]);
  expect(only).toContain("did you mean `levels: [0.1, 0.5, 0.9]`?");
  expect(told("Place: category", "dense(8)", "quantile(0.5)")).toEqual([]);
});
