// Where in the text the layers of the network are: what a compiler tells of an operation is a line.

import { expect, test } from "@jest/globals";
import { Builder, tensor } from "@netwright/ir";
import { printStablehlo, printWithLayers } from "@netwright/stablehlo";

test("each line of an operation is of its layer, and the text is the same", () => {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [2, 3]));
  const first = b.at({ layer: "dense_1" }, () => b.multiply(x, x));
  // Two lines: what a reduction begins with, and the reduction.
  const sum = b.at({ layer: "loss" }, () => b.reduce(first, "sum", [0, 1]));
  const func = b.finish("predict_2", "predict", 2, [{ name: "prediction", value: b.add(sum, sum) }]);
  const program = { name: "small", state: [], functions: [func] };
  const { text, layers } = printWithLayers(program, "predict_2");
  expect(text).toBe(printStablehlo(program, "predict_2"));
  const lines = text.split("\n");
  const shown = [...layers].map(
    ([line, layer]) => `${layer}: ${/%\w+ = stablehlo\.\w+/.exec(lines[line - 1] ?? "")?.[0]}`,
  );
  expect(shown).toEqual([
    "dense_1: %0 = stablehlo.multiply",
    "loss: %init0 = stablehlo.constant",
    "loss: %1 = stablehlo.reduce",
  ]);
});
