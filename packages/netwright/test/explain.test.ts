// The numbers of `explain` for the concrete model, which can be computed by hand.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { explain, memoryFiles, nodeFiles, openProject } from "netwright";
import { csv, source } from "./support.ts";

const file = join(dirname(fileURLToPath(import.meta.url)), "../../../examples/concrete/concrete.net");

test("layers, parameters and multiply-adds of the concrete model", () => {
  const { model } = openProject({ file, text: readFileSync(file, "utf8") }, { files: nodeFiles() });
  if (model === undefined) throw new Error("the example is broken");
  const { layers, totals, memory, inputs } = explain(model);
  expect(inputs).toEqual([{ name: "x", type: { kind: "number", shape: [8] } }]);
  expect(layers.map(({ name, output, parameters, macs }) => [name, output, parameters, macs])).toEqual([
    ["dense_1", [512], 8 * 512 + 512, 8 * 512],
    ["dense_2", [512], 512 * 512 + 512, 512 * 512],
    ["dense_3", [512], 512 * 512 + 512, 512 * 512],
    ["dense_4", [1], 512 + 1, 512],
  ]);
  expect(totals).toEqual({ parameters: 530_433, macs: 528_896 });
  expect(memory.weights).toBe(4 * 530_433);
  expect(memory.predict).toBeGreaterThan(memory.weights);
  expect(memory.predict).toBeLessThan(memory.weights + 10_000);
  // Weights and two slots for each are alive through the whole step.
  expect(memory.train?.bytes).toBeGreaterThan(3 * memory.weights);
  expect(memory.train?.bytes).toBeLessThan(8 * memory.weights);
});

test("of weights and their averages, the memory for predicting holds what predicts", () => {
  const memoryOf = (text: string) => {
    const files = memoryFiles(new Map([["line.csv", csv]]));
    const { model } = openProject({ file: "line.net", text }, { files, data: csv });
    if (model === undefined) throw new Error("the text is broken");
    return explain(model).memory;
  };
  const plain = memoryOf(source);
  const { weights, predict } = memoryOf(source.replace("loss:", "weight_average: 0.9\n  loss:"));
  expect({ weights, predict }).toEqual({ weights: plain.weights, predict: plain.predict });
});
