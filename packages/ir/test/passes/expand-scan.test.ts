// scan expanded: its body as many times as it has steps. Its body stays where the scan does.

import { expect, test } from "@jest/globals";
import { expand, inline, optimize, parse, print, verify } from "@netwright/ir";

const program = parse(`program p {
  func trace f batch 2 {
    %0 = parameter x : tensor<2xf32>
    %1 = constant() {type = tensor<f32>, values = [0]} : tensor<f32>
    %2, %3 = scan(%1, %0) {body = step, length = 2, carries = 1, sequences = 1, order = forwards, types = [tensor<f32>, tensor<2xf32>]} : tensor<f32>, tensor<2xf32>
    result last = %2
    result all = %3
  }

  func composite step batch 0 {
    %0 = parameter sum : tensor<f32>
    %1 = parameter x : tensor<f32>
    %2 = add(%0, %1) : tensor<f32>
    result sum = %2
    result output = %2
  }
}
`);

test("each step is the body", () => {
  expect(verify(program)).toEqual([]);
  const expanded = expand(program);
  expect(verify(expanded)).toEqual([]);
  expect(expanded.functions.map(({ name, body }) => [name, ...body.map((op) => op.name)])).toEqual([
    [
      "f",
      "constant",
      "slice",
      "reshape",
      "add",
      "reshape",
      "slice",
      "reshape",
      "add",
      "reshape",
      "concatenate",
    ],
  ]);
});

test("a scan that stays keeps its body, in every pass", () => {
  for (const pass of [inline, optimize, (p: typeof program) => expand(p, () => true)]) {
    expect(print(pass(program))).toBe(print(program));
  }
});
