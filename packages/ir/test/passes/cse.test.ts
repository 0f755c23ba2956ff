// Before and after of common subexpression elimination.

import { expect, test } from "@jest/globals";
import { cse } from "@netwright/ir";
import { afterPass, expand } from "../support/after-pass.ts";
import { programOf } from "../support/one-op.ts";

const F = ["tensor<2xf32>", "tensor<2xf32>"];

test("equal operations become one, and so do those that then are equal", () => {
  expect(
    afterPass(cse, F, [
      "%2 = add(%0, %1) : tensor<2xf32>",
      "%3 = add(%0, %1) : tensor<2xf32>",
      "%4 = tanh(%2) : tensor<2xf32>",
      "%5 = tanh(%3) : tensor<2xf32>",
      "%6 = multiply(%4, %5) : tensor<2xf32>",
      "result a = %6",
      "result b = %5",
    ]),
  ).toEqual([
    "%2 = add(%0, %1) : tensor<2xf32>",
    "%3 = tanh(%2) : tensor<2xf32>",
    "%4 = multiply(%3, %3) : tensor<2xf32>",
    "result a = %4",
    "result b = %3",
  ]);
});

test("all results of an operation with several", () => {
  const rng = "rng_bit_generator(%0) {shape = [2]} : tensor<6xu32>, tensor<2xu32>";
  expect(
    afterPass(
      cse,
      ["tensor<6xu32>"],
      [
        `%1, %2 = ${rng}`,
        `%3, %4 = ${rng}`,
        "%5 = add(%2, %4) : tensor<2xu32>",
        "result state = %3",
        "result sum = %5",
      ],
    ),
  ).toEqual([`%1, %2 = ${rng}`, "%3 = add(%2, %2) : tensor<2xu32>", "result state = %1", "result sum = %3"]);
});

test.each<readonly [name: string, lines: readonly string[]]>([
  ["operands", ["%2 = subtract(%0, %1) : tensor<2xf32>", "%3 = subtract(%1, %0) : tensor<2xf32>"]],
  ["names", ["%2 = add(%0, %1) : tensor<2xf32>", "%3 = multiply(%0, %1) : tensor<2xf32>"]],
  ["signs of zero", ["%2 = f32 [0]", "%3 = f32 [-0]"]],
  ["NaN and 0", ["%2 = f32 [nan]", "%3 = f32 [0]"]],
  ["types", ["%2 = f32 [0]", "%3 = i32 [0]"]],
  [
    "attributes",
    [
      "%2 = compare(%0, %1) {direction = LT} : tensor<2xpred>",
      "%3 = compare(%0, %1) {direction = LE} : tensor<2xpred>",
    ],
  ],
])("other %s: both stay", (_, lines) => {
  const all = [...lines, "result a = %2", "result b = %3"];
  expect(afterPass(cse, F, all)).toEqual(all.map(expand));
});

test("the first keeps its origin", () => {
  const program = programOf(F, ["%2 = abs(%0) : tensor<2xf32>", "%3 = abs(%0) : tensor<2xf32>"]);
  const functions = program.functions.map((func) => ({
    ...func,
    body: func.body.map((op, i) => ({ ...op, origin: { layer: `layer_${i}` } })),
  }));
  const [func] = cse({ ...program, functions }).functions;
  expect(func?.body.map(({ origin }) => origin)).toEqual([{ layer: "layer_0" }]);
});
