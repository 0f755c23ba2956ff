// Before and after of expansion. Composites are in `inline.test.ts`, which is the same pass.

import { expect, test } from "@jest/globals";
import { expand, parse, print, verify } from "@netwright/ir";
import { programOf } from "../support/one-op.ts";

/** The operations and results of the first function. */
function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => / = (?!parameter )/.test(line));
}

const before = programOf(
  ["tensor<f32>", "tensor<2xf32>"],
  [
    "%2 = clamp(%0, %1, %1) : tensor<2xf32>",
    "%3 = is_finite(%2) : tensor<2xpred>",
    "%4 = optimization_barrier(%3) : tensor<2xpred>",
    "result r = %4",
  ],
);

test("derived operations become what they mean, and a barrier nothing", () => {
  const program = {
    ...before,
    functions: before.functions.map((func) => ({ ...func, kind: "trace" as const })),
  };
  expect(linesOf(print(expand(program)))).toEqual([
    "%2 = broadcast_in_dim(%0) {shape = [2], dimensions = []} : tensor<2xf32>",
    "%3 = maximum(%1, %2) : tensor<2xf32>",
    "%4 = minimum(%3, %1) : tensor<2xf32>",
    "%5 = abs(%4) : tensor<2xf32>",
    "%6 = constant() {type = tensor<2xf32>, values = [inf]} : tensor<2xf32>",
    "%7 = compare(%5, %6) {direction = LT} : tensor<2xpred>",
    "result r = %7",
  ]);
});

test("what is kept stays, and a program that is kept is the same object", () => {
  const program = {
    ...before,
    functions: before.functions.map((func) => ({ ...func, kind: "trace" as const })),
  };
  const kept = expand(program, ({ name }) => name === "clamp");
  expect(linesOf(print(kept))[0]).toBe("%2 = clamp(%0, %1, %1) : tensor<2xf32>");
  expect(expand(program, () => true).functions[0]).toBe(program.functions[0]);
});

test("what is put in has the origin of the operation, and results keep their place", () => {
  const functions = before.functions.map((func) => ({
    ...func,
    kind: "trace" as const,
    body: func.body.map((op, i) => ({ ...op, origin: { layer: `layer_${i}` } })),
  }));
  const [func] = expand({ ...before, functions }).functions;
  expect(func?.body.map(({ name, origin }) => [name, origin?.layer])).toEqual([
    ["broadcast_in_dim", "layer_0"],
    ["maximum", "layer_0"],
    ["minimum", "layer_0"],
    ["abs", "layer_1"],
    ["constant", "layer_1"],
    ["compare", "layer_1"],
  ]);
});

test("a composite that is kept keeps its function, whose own operations are expanded", () => {
  const program = parse(`program p {
  func trace f batch 1 {
    %0 = parameter x : tensor<1xf32>
    %1 = composite(%0) {composite = a.b, settings = {}, decomposition = g, types = [tensor<1xf32>]} : tensor<1xf32>
    result r = %1
  }

  func composite g batch 0 {
    %0 = parameter a : tensor<1xf32>
    %1 = ceil(%0) : tensor<1xf32>
    result r = %1
  }
}
`);
  const kept = expand(program, ({ name }) => name === "composite");
  expect(verify(kept)).toEqual([]);
  expect(kept.functions.map(({ name, body }) => [name, ...body.map((op) => op.name)])).toEqual([
    ["f", "composite"],
    ["g", "negate", "floor", "negate"],
  ]);
});
