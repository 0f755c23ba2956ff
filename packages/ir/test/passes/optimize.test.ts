// The pipeline: what one pass makes, the others use, until nothing changes; and its speed on a large program.

import { expect, test } from "@jest/globals";
import { Builder, optimize, type Program, parse, print, tensor, verify } from "@netwright/ir";

test("passes feed one another to the end", () => {
  const before = `program p {
  func trace f batch 2 {
    %0 = parameter x : tensor<2x3xf32>
    %1 = constant() {type = tensor<f32>, values = [2]} : tensor<f32>
    %2 = constant() {type = tensor<f32>, values = [-2]} : tensor<f32>
    %3 = add(%1, %2) : tensor<f32>
    %4 = broadcast_in_dim(%3) {shape = [2, 3], dimensions = []} : tensor<2x3xf32>
    %5 = compare(%4, %4) {direction = EQ} : tensor<2x3xpred>
    %6 = subtract(%0, %4) : tensor<2x3xf32>
    %7 = tanh(%6) : tensor<2x3xf32>
    %8 = transpose(%0) {permutation = [1, 0]} : tensor<3x2xf32>
    %9 = transpose(%8) {permutation = [1, 0]} : tensor<2x3xf32>
    %10 = tanh(%9) : tensor<2x3xf32>
    %11 = maximum(%7, %10) : tensor<2x3xf32>
    %12 = select(%5, %11, %0) : tensor<2x3xf32>
    result r = %12
  }
}
`;
  const after = `program p {
  func trace f batch 2 {
    %0 = parameter x : tensor<2x3xf32>
    %1 = tanh(%0) : tensor<2x3xf32>
    result r = %1
  }
}
`;
  const optimized = optimize(parse(before));
  expect(print(optimized)).toBe(after);
  expect(optimize(optimized)).toBe(optimized);
});

test("composites stay, and are optimised themselves", () => {
  const program = parse(`program p {
  func trace f batch 2 {
    %0 = parameter x : tensor<2xf32>
    %1 = composite(%0) {composite = c, settings = {}, decomposition = g, types = [tensor<2xf32>]} : tensor<2xf32>
    result r = %1
  }

  func composite g batch 0 {
    %0 = parameter a : tensor<2xf32>
    %1 = negate(%0) : tensor<2xf32>
    %2 = negate(%1) : tensor<2xf32>
    %3 = abs(%2) : tensor<2xf32>
    result r = %3
  }
}`);
  expect(optimize(program).functions.map(({ body }) => body.map(({ name }) => name))).toEqual([
    ["composite"],
    ["abs"],
  ]);
});

test("20,000 operations: about a second to optimise, print, parse and verify", () => {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [64, 64]));
  let value = x;
  while (b.body.length < 20_000) {
    const scaled = b.multiply(b.like(x, 1 + (b.body.length % 7)), value);
    value = b.maximum(b.add(scaled, b.negate(x)), b.add(b.like(x, 2), b.like(x, 3)));
  }
  const results = [{ name: "prediction", value }];
  const program: Program = { name: "p", state: [], functions: [b.finish("f", "predict", 64, results)] };
  const start = performance.now();
  const optimized = optimize(program);
  const again = parse(print(optimized));
  expect(verify(again)).toEqual([]);
  // Far above what it takes (0.5 s), far below what a quadratic algorithm would.
  expect(performance.now() - start).toBeLessThan(5000);
  expect(optimized.functions[0]?.body.length).toBeLessThan(10_000);
});
