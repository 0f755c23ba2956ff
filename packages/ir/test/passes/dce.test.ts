// Before and after of dead code elimination, in functions and of functions.

import { expect, test } from "@jest/globals";
import { dce, parse, print } from "@netwright/ir";

const call = (name: string) =>
  `composite(%0) {composite = c, settings = {}, decomposition = ${name}, types = [tensor<f32>]} : tensor<f32>`;

const composite = (name: string, op: string) => `  func composite ${name} batch 0 {
    %0 = parameter a : tensor<f32>
    %1 = ${op}
    result r = %1
  }
`;

test("operations and functions that nothing uses go", () => {
  const before = `program p {
  func trace f batch 1 {
    %0 = parameter x : tensor<f32>
    %1 = parameter unused : tensor<f32>
    %2 = abs(%0) : tensor<f32>
    %3 = tanh(%2) : tensor<f32>
    %4 = add(%3, %1) : tensor<f32>
    %5 = ${call("dead")}
    %6 = ${call("outer")}
    result a = %2
    result b = %6
  }

${[
  composite("dead", call("inner")),
  composite("outer", call("inner")),
  composite("inner", "abs(%0) : tensor<f32>"),
].join("\n")}}
`;
  expect(print(dce(parse(before)))).toBe(`program p {
  func trace f batch 1 {
    %0 = parameter x : tensor<f32>
    %1 = parameter unused : tensor<f32>
    %2 = abs(%0) : tensor<f32>
    %3 = ${call("outer")}
    result a = %2
    result b = %3
  }

${[composite("outer", call("inner")), composite("inner", "abs(%0) : tensor<f32>")].join("\n")}}
`);
});

test("an operation stays if one of its results is used", () => {
  const text = `program p {
  func trace f batch 1 {
    %0 = parameter state : tensor<6xu32>
    %1, %2 = rng_bit_generator(%0) {shape = [2]} : tensor<6xu32>, tensor<2xu32>
    result bits = %2
  }
}
`;
  const program = parse(text);
  expect(dce(program).functions[0]).toBe(program.functions[0]);
});
