// The numbers of `explain` for the concrete model, which can be computed by hand.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
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
  expect(totals).toEqual({ parameters: 530_433, macs: 528_896, activations: 4 * (3 * 512 + 1) });
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

describe("receptive fields", () => {
  const fieldsOf = (flow: string) => {
    const text = `netwright 1\nmodel {\n ${flow}\n}\n`;
    const { model, diagnostics } = openProject(
      { file: "model.net", text },
      { files: memoryFiles(new Map()) },
    );
    if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
    return explain(model).layers.map(({ receptiveField }) => receptiveField);
  };

  test.each<[string, readonly (readonly number[] | "all" | null)[]]>([
    ["input(8)\n dense(4, relu)\n batch_norm", [null, null]],
    ["input(40, 2)\n conv1d(2, 3)\n conv1d(2, 3)\n dense(4)\n relu", [[3], [5], [5], [5]]],
    // Each window after a stride reaches further.
    ["input(40, 2)\n conv1d(2, 5, strides: 2)\n max_pooling1d(2)\n conv1d(2, 3)", [[5], [7], [15]]],
    ["input(40, 2)\n conv1d(2, 3, dilation_rate: 2)\n separable_conv1d(2, 3, dilation_rate: 4)", [[5], [13]]],
    [
      "input(9, 9, 1)\n depthwise_conv2d([1, 3])\n average_pooling2d([2, 1])",
      [
        [1, 3],
        [2, 3],
      ],
    ],
    ["input(9, 9, 1)\n global_max_pooling2d\n dense(2)", ["all", "all"]],
    ["input(9, 2)\n conv1d(2, 3)\n simple_rnn(3, return_sequences: true)", [[3], "all"]],
    // Two places beside each other have one in common once they are repeated, and windows reach half as far.
    ["input(9, 2)\n upsampling1d(2)\n conv1d(2, 3)\n conv1d(2, 3)", [[1], [2], [3]]],
    ["input(9, 2)\n conv_transpose1d(2, 4, strides: 2)\n zero_padding1d\n cropping1d", [[2], [2], [2]]],
    // Number u of the repeated ones is z = floor(u / 2), of places 2 z to 2 z + 2; two beside each other are z and z + 1.
    ["input(12, 2)\n conv1d(2, 3, strides: 2)\n upsampling1d(2)\n conv1d(2, 2)", [[3], [3], [5]]],
    // Number n is of those from ceil((n - 2) / 2) to floor(n / 2), two of an even n; three of them reach one further.
    ["input(12, 2)\n max_pooling1d(2)\n conv_transpose1d(2, 3, strides: 2)\n conv1d(2, 3)", [[2], [4], [6]]],
    ["input(12, 2)\n conv_transpose1d(2, 4, strides: 2)\n conv_transpose1d(2, 4, strides: 2)", [[2], [3]]],
    // Every third number is of none, and the windows of three around it of both sides.
    ["input(12, 2)\n conv_transpose1d(2, 2, strides: 3)\n conv1d(2, 3)", [[1], [2]]],
    // Between two pixels; of three, the middle one is a pixel by itself.
    [
      "input(9, 9, 1)\n upsampling2d([2, 3], interpolation: bilinear)\n conv2d(2, 2)",
      [
        [2, 2],
        [3, 2],
      ],
    ],
    // Windows of two numbers that are one place or two, as padding says.
    ["input(12, 2)\n upsampling1d(2)\n max_pooling1d(2)\n conv1d(2, 2)", [[1], [2], [3]]],
    // One branch is as fast through the input as the other, or goes another way.
    [
      "input(12, 2)\n parallel { a { conv1d(2, 3, strides: 2, padding: same) -> upsampling1d(2) } b { conv1d(2, 2, padding: same) } } -> concat",
      [[3], [3], [2], [3]],
    ],
    [
      "input(12, 2)\n parallel { a { max_pooling1d(2) } b { cropping1d([0, 6]) } } -> concat",
      [[2], [1], "all"],
    ],
    ["input(20, below: 9)\n embedding(4)\n conv1d(2, 3)", [[1], [3]]],
    ["input(9, 2)\n residual { conv1d(2, 3, padding: same) }\n conv1d(2, 3)", [[3], [3], [5]]],
    [
      "input(9, 2)\n parallel { a { conv1d(2, 3, padding: same) } b { conv1d(2, 7, padding: same) } } -> concat",
      [[3], [7], [7]],
    ],
  ])("%j", (flow, wanted) => {
    expect(fieldsOf(flow)).toEqual(wanted);
  });
});
