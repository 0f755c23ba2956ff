// Before and after of the identities of operations that move elements, and look-alikes that must stay because they would change
// bits. Constants are written short: `%1 = 2xf32 [0]`.

import { canonicalise } from "@netwright/ir";
import { type Case, goldens } from "../../support/goldens.ts";

const { rewrites, stays } = goldens(canonicalise);

const I = ["tensor<2xi32>", "tensor<2xi32>"];
const M = ["tensor<2x3xf32>"];
/** The result is parameter 0 itself. */
const X = ["result r = %0"];

rewrites([
  [
    "reshape to the same shape",
    M,
    ["%1 = reshape(%0) {shape = [2, 3]} : tensor<2x3xf32>", "result r = %1"],
    X,
  ],
  [
    "reshape of reshape",
    M,
    [
      "%1 = reshape(%0) {shape = [6]} : tensor<6xf32>",
      "%2 = reshape(%1) {shape = [3, 2]} : tensor<3x2xf32>",
      "result r = %2",
    ],
    ["%1 = reshape(%0) {shape = [3, 2]} : tensor<3x2xf32>", "result r = %1"],
  ],
  [
    "reshape back",
    M,
    [
      "%1 = reshape(%0) {shape = [6]} : tensor<6xf32>",
      "%2 = reshape(%1) {shape = [2, 3]} : tensor<2x3xf32>",
      "result r = %2",
    ],
    X,
  ],
  [
    "reshape of a repeated scalar",
    ["tensor<f32>"],
    [
      "%1 = broadcast_in_dim(%0) {shape = [6], dimensions = []} : tensor<6xf32>",
      "%2 = reshape(%1) {shape = [2, 3]} : tensor<2x3xf32>",
      "result r = %2",
    ],
    ["%1 = broadcast_in_dim(%0) {shape = [2, 3], dimensions = []} : tensor<2x3xf32>", "result r = %1"],
  ],
  [
    "slice of a repeated scalar",
    ["tensor<f32>"],
    [
      "%1 = broadcast_in_dim(%0) {shape = [6], dimensions = []} : tensor<6xf32>",
      "%2 = slice(%1) {start = [2], limit = [4], strides = [1]} : tensor<2xf32>",
      "result r = %2",
    ],
    ["%1 = broadcast_in_dim(%0) {shape = [2], dimensions = []} : tensor<2xf32>", "result r = %1"],
  ],
  [
    "transpose by the identity",
    M,
    ["%1 = transpose(%0) {permutation = [0, 1]} : tensor<2x3xf32>", "result r = %1"],
    X,
  ],
  [
    "transpose of transpose",
    ["tensor<2x3x4xf32>"],
    [
      "%1 = transpose(%0) {permutation = [1, 2, 0]} : tensor<3x4x2xf32>",
      "%2 = transpose(%1) {permutation = [1, 0, 2]} : tensor<4x3x2xf32>",
      "result r = %2",
    ],
    ["%1 = transpose(%0) {permutation = [2, 1, 0]} : tensor<4x3x2xf32>", "result r = %1"],
  ],
  [
    "transpose back",
    M,
    [
      "%1 = transpose(%0) {permutation = [1, 0]} : tensor<3x2xf32>",
      "%2 = transpose(%1) {permutation = [1, 0]} : tensor<2x3xf32>",
      "result r = %2",
    ],
    X,
  ],
  [
    "broadcast to the same shape",
    M,
    ["%1 = broadcast_in_dim(%0) {shape = [2, 3], dimensions = [0, 1]} : tensor<2x3xf32>", "result r = %1"],
    X,
  ],
  [
    "broadcast of broadcast",
    ["tensor<3xf32>"],
    [
      "%1 = broadcast_in_dim(%0) {shape = [2, 3], dimensions = [1]} : tensor<2x3xf32>",
      "%2 = broadcast_in_dim(%1) {shape = [2, 5, 3], dimensions = [0, 2]} : tensor<2x5x3xf32>",
      "result r = %2",
    ],
    ["%1 = broadcast_in_dim(%0) {shape = [2, 5, 3], dimensions = [2]} : tensor<2x5x3xf32>", "result r = %1"],
  ],
  [
    "broadcast that only adds dimensions of size 1",
    M,
    [
      "%1 = broadcast_in_dim(%0) {shape = [1, 2, 1, 3], dimensions = [1, 3]} : tensor<1x2x1x3xf32>",
      "result r = %1",
    ],
    ["%1 = reshape(%0) {shape = [1, 2, 1, 3]} : tensor<1x2x1x3xf32>", "result r = %1"],
  ],
  [
    "slice of all",
    M,
    ["%1 = slice(%0) {start = [0, 0], limit = [2, 3], strides = [1, 1]} : tensor<2x3xf32>", "result r = %1"],
    X,
  ],
  [
    "pad with nothing",
    [...M, "tensor<f32>"],
    ["%2 = pad(%0, %1) {low = [0, 0], high = [0, 0], interior = [0, 0]} : tensor<2x3xf32>", "result r = %2"],
    X,
  ],
  ["concatenate one", M, ["%1 = concatenate(%0) {dimension = 0} : tensor<2x3xf32>", "result r = %1"], X],
  [
    "concatenate with nothing",
    [...M, "tensor<2x0xf32>"],
    ["%2 = concatenate(%1, %0, %1) {dimension = 1} : tensor<2x3xf32>", "result r = %2"],
    X,
  ],
  [
    "concatenate nothing with nothing",
    ["tensor<2x0xf32>"],
    ["%1 = concatenate(%0, %0) {dimension = 1} : tensor<2x0xf32>", "result r = %1"],
    X,
  ],
  ["reverse nothing", M, ["%1 = reverse(%0) {dimensions = []} : tensor<2x3xf32>", "result r = %1"], X],
  [
    "reverse a dimension of size 1",
    ["tensor<1x3xf32>"],
    ["%1 = reverse(%0) {dimensions = [0, 1]} : tensor<1x3xf32>", "result r = %1"],
    ["%1 = reverse(%0) {dimensions = [1]} : tensor<1x3xf32>", "result r = %1"],
  ],
  [
    "reverse of reverse",
    M,
    [
      "%1 = reverse(%0) {dimensions = [1, 0]} : tensor<2x3xf32>",
      "%2 = reverse(%1) {dimensions = [1]} : tensor<2x3xf32>",
      "result r = %2",
    ],
    ["%1 = reverse(%0) {dimensions = [0]} : tensor<2x3xf32>", "result r = %1"],
  ],
  ...["product", "max", "min"].map(
    (kind): Case => [
      `reduce by ${kind} over a dimension of size 1`,
      ["tensor<2x1xf32>"],
      [`%1 = reduce(%0) {kind = ${kind}, dimensions = [1]} : tensor<2xf32>`, "result r = %1"],
      ["%1 = reshape(%0) {shape = [2]} : tensor<2xf32>", "result r = %1"],
    ],
  ),
  [
    "sum in i32 over no dimension",
    I,
    ["%2 = reduce(%0) {kind = sum, dimensions = []} : tensor<2xi32>", "result r = %2"],
    X,
  ],
  [
    "iota of one",
    [],
    ["%0 = iota() {type = tensor<3x1xi32>, dimension = 1} : tensor<3x1xi32>", "result r = %0"],
    ["%0 = 3x1xi32 [0]", "result r = %0"],
  ],
  [
    "a constant of equal values",
    [],
    ["%0 = 3xf32 [2, 2, 2]", "result r = %0"],
    ["%0 = 3xf32 [2]", "result r = %0"],
  ],
  [
    "a constant of equal NaN",
    [],
    ["%0 = 2xf32 [nan, nan]", "result r = %0"],
    ["%0 = 2xf32 [nan]", "result r = %0"],
  ],
  ["a constant of nothing", [], ["%0 = 0xf32 [2]", "result r = %0"], ["%0 = 0xf32 []", "result r = %0"]],
]);
stays([
  [
    "concatenate of what has no elements for another reason",
    ["tensor<2x0xf32>", "tensor<3x0xf32>"],
    ["%2 = concatenate(%0, %1) {dimension = 0} : tensor<5x0xf32>", "result r = %2"],
  ],
  [
    // 0 + (-0) is +0.
    "sum in f32 over a dimension of size 1",
    ["tensor<2x1xf32>"],
    ["%1 = reduce(%0) {kind = sum, dimensions = [1]} : tensor<2xf32>", "result r = %1"],
  ],
  ["a constant of -0 and 0", [], ["%0 = 2xf32 [0, -0]", "result r = %0"]],
  [
    "a broadcast of one element to none",
    ["tensor<1xf32>"],
    ["%1 = broadcast_in_dim(%0) {shape = [0], dimensions = [0]} : tensor<0xf32>", "result r = %1"],
  ],
]);
