// The result types of the operations with rules of their own, written out by hand: the verifier compares them
// with what the operation infers. The broken counterparts are in `test/verify/op-constraints.test.ts`.

import { expect, test } from "@jest/globals";
import { binaryOps, unaryOps, verify } from "@netwright/ir";
import { programOf } from "../support/one-op.ts";

const VALID: readonly (readonly [name: string, parameters: readonly string[], op: string])[] = [
  ["one number fills", [], "%9 = constant() {type = tensor<2x2xpred>, values = [1]} : tensor<2x2xpred>"],
  ["one number each", [], "%9 = constant() {type = tensor<2xu32>, values = [0, 4294967295]} : tensor<2xu32>"],
  ["no elements", [], "%9 = constant() {type = tensor<0xf32>, values = []} : tensor<0xf32>"],
  ["special values", [], "%9 = constant() {type = tensor<3xf32>, values = [nan, -inf, -0]} : tensor<3xf32>"],
  ["iota", [], "%9 = iota() {type = tensor<2x3xi32>, dimension = 1} : tensor<2x3xi32>"],
  ["compare", ["tensor<2xi32>"], "%9 = compare(%0, %0) {direction = LE} : tensor<2xpred>"],
  ["compare pred", ["tensor<pred>"], "%9 = compare(%0, %0) {direction = EQ} : tensor<pred>"],
  ["select", ["tensor<2xpred>", "tensor<2xu32>"], "%9 = select(%0, %1, %1) : tensor<2xu32>"],
  ["convert", ["tensor<2xpred>"], "%9 = convert(%0) {dtype = f32} : tensor<2xf32>"],
  [
    "broadcast of a scalar",
    ["tensor<f32>"],
    "%9 = broadcast_in_dim(%0) {shape = [2, 3], dimensions = []} : tensor<2x3xf32>",
  ],
  [
    "broadcast of a dimension of size 1",
    ["tensor<1x3xf32>"],
    "%9 = broadcast_in_dim(%0) {shape = [4, 2, 3], dimensions = [1, 2]} : tensor<4x2x3xf32>",
  ],
  ["reshape", ["tensor<2x6xf32>"], "%9 = reshape(%0) {shape = [3, 4]} : tensor<3x4xf32>"],
  ["transpose", ["tensor<2x3x4xf32>"], "%9 = transpose(%0) {permutation = [2, 0, 1]} : tensor<4x2x3xf32>"],
  [
    "concatenate",
    ["tensor<2x3xf32>", "tensor<2x0xf32>"],
    "%9 = concatenate(%0, %1, %0) {dimension = 1} : tensor<2x6xf32>",
  ],
  [
    "slice with a stride",
    ["tensor<7x3xf32>"],
    "%9 = slice(%0) {start = [1, 0], limit = [7, 0], strides = [4, 1]} : tensor<2x0xf32>",
  ],
  [
    "pad around, between and off",
    ["tensor<3x2xf32>", "tensor<f32>"],
    "%9 = pad(%0, %1) {low = [1, -1], high = [2, 0], interior = [2, 0]} : tensor<10x1xf32>",
  ],
  [
    "pad between nothing",
    ["tensor<0xf32>", "tensor<f32>"],
    "%9 = pad(%0, %1) {low = [1], high = [1], interior = [5]} : tensor<2xf32>",
  ],
  ["reverse", ["tensor<2x3xf32>"], "%9 = reverse(%0) {dimensions = [1, 0]} : tensor<2x3xf32>"],
  ["reduce", ["tensor<2x3x4xu32>"], "%9 = reduce(%0) {kind = max, dimensions = [0, 2]} : tensor<3xu32>"],
  ["reduce nothing", ["tensor<2xf32>"], "%9 = reduce(%0) {kind = sum, dimensions = []} : tensor<2xf32>"],
  [
    "dot_general: batching, free lhs, free rhs",
    ["tensor<5x2x3x7xf32>", "tensor<3x4x5x6xf32>"],
    "%9 = dot_general(%0, %1) {lhsBatching = [0], rhsBatching = [2], lhsContracting = [2], rhsContracting = [0]} : tensor<5x2x7x4x6xf32>",
  ],
  ["is_finite", ["tensor<2xf32>"], "%9 = is_finite(%0) : tensor<2xpred>"],
  ["roundings", ["tensor<2xf32>"], "%9 = round_nearest_afz(%0) : tensor<2xf32>"],
  ["xor of truth values", ["tensor<2xpred>"], "%9 = xor(%0, %0) : tensor<2xpred>"],
  ["shifts", ["tensor<2xu32>"], "%9 = shift_right_arithmetic(%0, %0) : tensor<2xu32>"],
  [
    "clamp to a scalar and to one for each",
    ["tensor<2xi32>", "tensor<i32>"],
    "%9 = clamp(%1, %0, %0) : tensor<2xi32>",
  ],
  [
    "optimization_barrier",
    ["tensor<2xi32>", "tensor<f32>"],
    "%9, %10 = optimization_barrier(%0, %1) : tensor<2xi32>, tensor<f32>",
  ],
  [
    "dynamic_slice",
    ["tensor<2x3xf32>", "tensor<i32>"],
    "%9 = dynamic_slice(%0, %1, %1) {sizes = [1, 3]} : tensor<1x3xf32>",
  ],
  ["dynamic_slice of a scalar", ["tensor<f32>"], "%9 = dynamic_slice(%0) {sizes = []} : tensor<f32>"],
  [
    "dynamic_update_slice",
    ["tensor<2x3xf32>", "tensor<1x3xf32>", "tensor<i32>"],
    "%9 = dynamic_update_slice(%0, %1, %2, %2) : tensor<2x3xf32>",
  ],
  ["gather", ["tensor<2x3xf32>", "tensor<4x5xi32>"], "%9 = gather(%0, %1) : tensor<4x5x3xf32>"],
  [
    "scatter",
    ["tensor<2x3xf32>", "tensor<i32>", "tensor<3xf32>"],
    "%9 = scatter(%0, %1, %2) {kind = add} : tensor<2x3xf32>",
  ],
  [
    "convolution: strides, padding, dilations",
    ["tensor<2x5x4xf32>", "tensor<3x4x6xf32>"],
    "%9 = convolution(%0, %1) {strides = [2], low = [1], high = [3], lhsDilation = [2], rhsDilation = [3], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [0], outputBatch = 0, outputFeature = 2, outputSpatial = [1], featureGroups = 1, batchGroups = 1} : tensor<2x4x6xf32>",
  ],
  [
    "convolution of groups of the batch, the output turned",
    ["tensor<4x5x4xf32>", "tensor<3x4x6xf32>"],
    "%9 = convolution(%0, %1) {strides = [1], low = [0], high = [0], lhsDilation = [1], rhsDilation = [1], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [0], outputBatch = 2, outputFeature = 0, outputSpatial = [1], featureGroups = 1, batchGroups = 2} : tensor<6x3x2xf32>",
  ],
  [
    "reduce_window",
    ["tensor<5xi32>"],
    "%9 = reduce_window(%0) {kind = min, sizes = [2], strides = [2], baseDilations = [2], windowDilations = [3], low = [1], high = [0]} : tensor<4xi32>",
  ],
  [
    "select_and_scatter",
    ["tensor<5xf32>", "tensor<4xf32>"],
    "%9 = select_and_scatter(%0, %1) {kind = max, sizes = [2], strides = [1], low = [0], high = [0]} : tensor<5xf32>",
  ],
  [
    "rng_bit_generator",
    ["tensor<6xu32>"],
    "%9, %10 = rng_bit_generator(%0) {shape = [2, 3]} : tensor<6xu32>, tensor<2x3xu32>",
  ],
];

test.each(VALID)("%s", (_, parameters, op) => {
  expect(verify(programOf(parameters, [op]))).toEqual([]);
});

test("elementwise operations keep the type of the operand", () => {
  const lines = [
    ...Object.keys(unaryOps).map((name) => `${name}(%${name === "not" ? 1 : 0})`),
    ...Object.keys(binaryOps).map((name) => {
      const operand = name === "and" || name === "or" ? "%1" : "%0";
      return `${name}(${operand}, ${operand})`;
    }),
  ].map((call, i) => `%${i + 2} = ${call} : tensor<2x3x${call.includes("%1") ? "i32" : "f32"}>`);
  expect(lines.length).toBe(26);
  expect(verify(programOf(["tensor<2x3xf32>", "tensor<2x3xi32>"], lines))).toEqual([]);
});
