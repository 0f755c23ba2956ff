// Before and after of the identities of arithmetic, and look-alikes that must stay because they would change
// bits. Constants are written short: `%1 = 2xf32 [0]`.

import { canonicalise } from "@netwright/ir";
import { type Case, goldens } from "../../support/goldens.ts";

const { rewrites, stays } = goldens(canonicalise);

const F = ["tensor<2xf32>", "tensor<2xf32>"];
const I = ["tensor<2xi32>", "tensor<2xi32>"];
const U = ["tensor<2xu32>", "tensor<2xu32>"];
const P = ["tensor<2xpred>", "tensor<2xpred>"];
/** The result is parameter 0 itself. */
const X = ["result r = %0"];

rewrites([
  ["x * 1", F, ["%2 = 2xf32 [1]", "%3 = multiply(%0, %2) : tensor<2xf32>", "result r = %3"], X],
  ["1 * x", F, ["%2 = 2xf32 [1]", "%3 = multiply(%2, %0) : tensor<2xf32>", "result r = %3"], X],
  ["x * 1 in u32", U, ["%2 = 2xu32 [1]", "%3 = multiply(%0, %2) : tensor<2xu32>", "result r = %3"], X],
  ["x / 1", F, ["%2 = 2xf32 [1]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"], X],
  ["x / 1 in i32", I, ["%2 = 2xi32 [1]", "%3 = divide(%0, %2) : tensor<2xi32>", "result r = %3"], X],
  [
    "x / 8",
    F,
    ["%2 = 2xf32 [8]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"],
    ["%2 = 2xf32 [0.125]", "%3 = multiply(%0, %2) : tensor<2xf32>", "result r = %3"],
  ],
  ["x + (-0)", F, ["%2 = 2xf32 [-0]", "%3 = add(%0, %2) : tensor<2xf32>", "result r = %3"], X],
  ["x + 0 in i32", I, ["%2 = 2xi32 [0]", "%3 = add(%0, %2) : tensor<2xi32>", "result r = %3"], X],
  ["x - 0", F, ["%2 = 2xf32 [0]", "%3 = subtract(%0, %2) : tensor<2xf32>", "result r = %3"], X],
  [
    "x + (-y)",
    F,
    ["%2 = negate(%1) : tensor<2xf32>", "%3 = add(%0, %2) : tensor<2xf32>", "result r = %3"],
    ["%2 = subtract(%0, %1) : tensor<2xf32>", "result r = %2"],
  ],
  [
    "(-x) + y",
    I,
    ["%2 = negate(%0) : tensor<2xi32>", "%3 = add(%2, %1) : tensor<2xi32>", "result r = %3"],
    ["%2 = subtract(%1, %0) : tensor<2xi32>", "result r = %2"],
  ],
  [
    "x - (-y)",
    F,
    ["%2 = negate(%1) : tensor<2xf32>", "%3 = subtract(%0, %2) : tensor<2xf32>", "result r = %3"],
    ["%2 = add(%0, %1) : tensor<2xf32>", "result r = %2"],
  ],
  ["-(-x)", F, ["%2 = negate(%0) : tensor<2xf32>", "%3 = negate(%2) : tensor<2xf32>", "result r = %3"], X],
  [
    "||x||",
    F,
    ["%2 = abs(%0) : tensor<2xf32>", "%3 = abs(%2) : tensor<2xf32>", "result r = %3"],
    ["%2 = abs(%0) : tensor<2xf32>", "result r = %2"],
  ],
  [
    "|-x|",
    F,
    ["%2 = negate(%0) : tensor<2xf32>", "%3 = abs(%2) : tensor<2xf32>", "result r = %3"],
    ["%2 = abs(%0) : tensor<2xf32>", "result r = %2"],
  ],
  ["not not", P, ["%2 = not(%0) : tensor<2xpred>", "%3 = not(%2) : tensor<2xpred>", "result r = %3"], X],
  ["max(x, x)", F, ["%2 = maximum(%0, %0) : tensor<2xf32>", "result r = %2"], X],
  ["min(x, x)", F, ["%2 = minimum(%0, %0) : tensor<2xf32>", "result r = %2"], X],
  ["x and x", P, ["%2 = and(%0, %0) : tensor<2xpred>", "result r = %2"], X],
  ["x or x", U, ["%2 = or(%0, %0) : tensor<2xu32>", "result r = %2"], X],
  ["x and true", P, ["%2 = 2xpred [1]", "%3 = and(%0, %2) : tensor<2xpred>", "result r = %3"], X],
  ["x or all zeros", U, ["%2 = 2xu32 [0]", "%3 = or(%0, %2) : tensor<2xu32>", "result r = %3"], X],
  [
    "x and all zeros",
    I,
    ["%2 = 2xi32 [0]", "%3 = and(%0, %2) : tensor<2xi32>", "result r = %3"],
    ["%2 = 2xi32 [0]", "result r = %2"],
  ],
  [
    "x or all ones",
    I,
    ["%2 = 2xi32 [-1]", "%3 = or(%0, %2) : tensor<2xi32>", "result r = %3"],
    ["%2 = 2xi32 [-1]", "result r = %2"],
  ],
  ...["add", "multiply", "maximum", "minimum"].map(
    (name): Case => [
      `${name}: a constant comes second`,
      F,
      ["%2 = 2xf32 [3]", `%3 = ${name}(%2, %0) : tensor<2xf32>`, "result r = %3"],
      ["%2 = 2xf32 [3]", `%3 = ${name}(%0, %2) : tensor<2xf32>`, "result r = %3"],
    ],
  ),
]);
stays([
  // (-0) + 0 is +0.
  ["x + 0 in f32", F, ["%2 = 2xf32 [0]", "%3 = add(%0, %2) : tensor<2xf32>", "result r = %3"]],
  // (-0) - (-0) is +0.
  ["x - (-0) in f32", F, ["%2 = 2xf32 [-0]", "%3 = subtract(%0, %2) : tensor<2xf32>", "result r = %3"]],
  // NaN * 0 is NaN.
  ["x * 0 in f32", F, ["%2 = 2xf32 [0]", "%3 = multiply(%0, %2) : tensor<2xf32>", "result r = %3"]],
  ["x - x in f32", F, ["%2 = subtract(%0, %0) : tensor<2xf32>", "result r = %2"]],
  ["x / x in f32", F, ["%2 = divide(%0, %0) : tensor<2xf32>", "result r = %2"]],
  // 1 / 3 and 1 / 6 are rounded.
  ["x / 3", F, ["%2 = 2xf32 [3]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"]],
  ["x / 6", F, ["%2 = 2xf32 [6]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"]],
  // The reciprocal of the least subnormal overflows.
  [
    "x / 2^-149",
    F,
    ["%2 = 2xf32 [1.401298464324817e-45]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"],
  ],
  ["x / 0", F, ["%2 = 2xf32 [0]", "%3 = divide(%0, %2) : tensor<2xf32>", "result r = %3"]],
  // Truncates.
  ["x / 2 in i32", I, ["%2 = 2xi32 [2]", "%3 = divide(%0, %2) : tensor<2xi32>", "result r = %3"]],
  // -(x - x) is -0.
  [
    "-(x - y)",
    F,
    ["%2 = subtract(%0, %1) : tensor<2xf32>", "%3 = negate(%2) : tensor<2xf32>", "result r = %3"],
  ],
  ["constant - x", F, ["%2 = 2xf32 [3]", "%3 = subtract(%2, %0) : tensor<2xf32>", "result r = %3"]],
  ["x * ones and others", F, ["%2 = 2xf32 [1, 2]", "%3 = multiply(%0, %2) : tensor<2xf32>", "result r = %3"]],
]);
