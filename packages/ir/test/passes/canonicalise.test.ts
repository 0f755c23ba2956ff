// What canonicalise does besides its rules, which are tested one by one in the folder.

import { expect, test } from "@jest/globals";
import { canonicalise, parse, print } from "@netwright/ir";
import { afterPass, expand } from "../support/after-pass.ts";

test("rules apply to what rules make, in one walk", () => {
  expect(
    afterPass(
      canonicalise,
      ["tensor<2xf32>", "tensor<2xf32>"],
      [
        "%2 = 2xf32 [-1, -1]",
        "%3 = negate(%0) : tensor<2xf32>",
        "%4 = negate(%3) : tensor<2xf32>",
        "%5 = divide(%4, %2) : tensor<2xf32>",
        "%6 = negate(%1) : tensor<2xf32>",
        "%7 = add(%6, %5) : tensor<2xf32>",
        "result r = %7",
      ],
    ),
  ).toEqual(
    [
      "%2 = 2xf32 [-1]",
      "%3 = multiply(%0, %2) : tensor<2xf32>",
      "%4 = subtract(%3, %1) : tensor<2xf32>",
      "result r = %4",
    ].map(expand),
  );
});

test("a new operation has the origin of the one it replaces", () => {
  const program = parse(`program p {
  func trace f batch 1 {
    %0 = parameter x : tensor<1xf32>
    %1 = parameter y : tensor<1xf32>
    %2 = negate(%1) : tensor<1xf32>
    %3 = add(%0, %2) : tensor<1xf32>
    result r = %3
  }
}`);
  const functions = program.functions.map((func) => ({
    ...func,
    body: func.body.map((op, i) => ({ ...op, origin: { layer: `layer_${i}` } })),
  }));
  const [func] = canonicalise({ ...program, functions }).functions;
  expect(func?.body.map(({ name, origin }) => [name, origin?.layer])).toEqual([
    ["negate", "layer_0"],
    ["subtract", "layer_1"],
  ]);
});

test("what no rule applies to is the same object", () => {
  const program = parse(`program p {
  func trace f batch 1 {
    %0 = parameter x : tensor<1xf32>
    %1 = abs(%0) : tensor<1xf32>
    result r = %1
  }
}`);
  expect(canonicalise(program).functions[0]).toBe(program.functions[0]);
  expect(print(canonicalise(program))).toBe(print(program));
});
