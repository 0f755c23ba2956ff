// One broken operation for every constraint label in `src/ops`, and a check that none is forgotten.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { verify } from "@netwright/ir";
import { programOf } from "../support/one-op.ts";

/** Label, types of the parameters %0, %1, ..., the operation, and what the message says. */
const BROKEN: readonly (readonly [
  label: string,
  parameters: readonly string[],
  op: string,
  message: string,
])[] = [
  [
    "elementwise_c1",
    ["tensor<2xi32>"],
    "tanh(%0) : tensor<2xi32>",
    "tanh: element type i32 is not one of f32",
  ],
  [
    "elementwise_c1",
    ["tensor<pred>", "tensor<pred>"],
    "add(%0, %1) : tensor<pred>",
    "add: element type pred is not one of f32,i32,u32",
  ],
  [
    "elementwise_c2",
    ["tensor<2xf32>", "tensor<f32>"],
    "add(%0, %1) : tensor<2xf32>",
    "add: operands differ: tensor<2xf32> and tensor<f32>",
  ],
  [
    "compare_c1",
    ["tensor<2xf32>", "tensor<2xi32>"],
    "compare(%0, %1) {direction = EQ} : tensor<2xpred>",
    "compare: operands differ: tensor<2xf32> and tensor<2xi32>",
  ],
  [
    "compare_c2",
    ["tensor<f32>"],
    "compare(%0, %0) {direction = ABOVE} : tensor<pred>",
    "compare: unknown direction ABOVE",
  ],
  [
    "select_c1",
    ["tensor<2xf32>"],
    "select(%0, %0, %0) : tensor<2xf32>",
    "select: the predicate is tensor<2xf32>, expected pred of the shape of tensor<2xf32>",
  ],
  [
    "select_c2",
    ["tensor<2xpred>", "tensor<2xf32>", "tensor<2xi32>"],
    "select(%0, %1, %2) : tensor<2xf32>",
    "select: operands differ: tensor<2xf32> and tensor<2xi32>",
  ],
  [
    "convert_c1",
    ["tensor<f32>"],
    "convert(%0) {dtype = f64} : tensor<f32>",
    "convert: unknown element type f64",
  ],
  [
    "constant_c1",
    [],
    "constant() {type = tensor<2x2xf32>, values = [1, 2, 3]} : tensor<2x2xf32>",
    "constant: 3 values for 4 elements",
  ],
  [
    "constant_c2",
    [],
    "constant() {type = tensor<f32>, values = [0.1]} : tensor<f32>",
    "constant: values of an f32 constant must be representable in f32",
  ],
  [
    "iota_c1",
    [],
    "iota() {type = tensor<2xpred>, dimension = 0} : tensor<2xpred>",
    "iota: pred has no index values",
  ],
  [
    "iota_c2",
    [],
    "iota() {type = tensor<2xi32>, dimension = 1} : tensor<2xi32>",
    "iota: dimension 1 is outside a tensor of rank 1",
  ],
  [
    "broadcast_in_dim_c1",
    ["tensor<2xf32>"],
    "broadcast_in_dim(%0) {shape = [2, 3], dimensions = []} : tensor<2x3xf32>",
    "broadcast_in_dim: 0 dimensions for an operand of rank 1",
  ],
  [
    "broadcast_in_dim_c2",
    ["tensor<2x2xf32>"],
    "broadcast_in_dim(%0) {shape = [2, 2], dimensions = [1, 0]} : tensor<2x2xf32>",
    "broadcast_in_dim: dimensions 1,0 must increase and lie in a result of rank 2",
  ],
  [
    "broadcast_in_dim_c3",
    ["tensor<2xf32>"],
    "broadcast_in_dim(%0) {shape = [2, 3], dimensions = [1]} : tensor<2x3xf32>",
    "broadcast_in_dim: operand [2] does not fit [2,3] at dimensions 1",
  ],
  [
    "reshape_c1",
    ["tensor<2x3xf32>"],
    "reshape(%0) {shape = [5]} : tensor<5xf32>",
    "reshape: [2,3] has 6 elements, [5] has 5",
  ],
  [
    "transpose_c1",
    ["tensor<2x3xf32>"],
    "transpose(%0) {permutation = [0, 0]} : tensor<2x2xf32>",
    "transpose: [0,0] is not a permutation of 2 dimensions",
  ],
  [
    "concatenate_c1",
    ["tensor<2xf32>"],
    "concatenate(%0) {dimension = 1} : tensor<2xf32>",
    "concatenate: dimension 1 is outside a tensor of rank 1",
  ],
  [
    "concatenate_c2",
    ["tensor<2x3xf32>", "tensor<2x4xf32>"],
    "concatenate(%0, %1) {dimension = 0} : tensor<4x3xf32>",
    "concatenate: [2,4] does not fit [2,3] outside dimension 0",
  ],
  [
    "slice_c1",
    ["tensor<2x3xf32>"],
    "slice(%0) {start = [0], limit = [1], strides = [1]} : tensor<1xf32>",
    "slice: start, limit and strides need 2 entries",
  ],
  [
    "slice_c2",
    ["tensor<3xf32>"],
    "slice(%0) {start = [2], limit = [4], strides = [1]} : tensor<2xf32>",
    "slice: [2:4:1] is not a slice of dimension 0 of size 3",
  ],
  [
    "pad_c1",
    ["tensor<2xf32>", "tensor<i32>"],
    "pad(%0, %1) {low = [0], high = [0], interior = [0]} : tensor<2xf32>",
    "pad: the padding value must be a scalar of the operand's element type",
  ],
  [
    "pad_c2",
    ["tensor<2xf32>", "tensor<f32>"],
    "pad(%0, %1) {low = [0, 0], high = [0], interior = [0]} : tensor<2xf32>",
    "pad: low, high and interior need 1 entries",
  ],
  [
    "pad_c3",
    ["tensor<2xf32>", "tensor<f32>"],
    "pad(%0, %1) {low = [-3], high = [0], interior = [0]} : tensor<0xf32>",
    "pad: dimension 0 would have size -1",
  ],
  [
    "reverse_c1",
    ["tensor<2xf32>"],
    "reverse(%0) {dimensions = [0, 0]} : tensor<2xf32>",
    "reverse: [0,0] are not distinct dimensions of rank 1",
  ],
  [
    "reduce_c1",
    ["tensor<2xf32>"],
    "reduce(%0) {kind = mean, dimensions = [0]} : tensor<f32>",
    "reduce: unknown kind mean",
  ],
  [
    "reduce_c2",
    ["tensor<2xpred>"],
    "reduce(%0) {kind = max, dimensions = [0]} : tensor<pred>",
    "reduce: max does not reduce pred",
  ],
  [
    "reduce_c3",
    ["tensor<2x2xf32>"],
    "reduce(%0) {kind = sum, dimensions = [1, 0]} : tensor<f32>",
    "reduce: dimensions 1,0 must increase and lie in rank 2",
  ],
  [
    "dot_general_c1",
    ["tensor<2xi32>"],
    "dot_general(%0, %0) {lhsBatching = [], rhsBatching = [], lhsContracting = [0], rhsContracting = [0]} : tensor<f32>",
    "dot_general: both operands must be f32",
  ],
  [
    "dot_general_c2",
    ["tensor<2xf32>"],
    "dot_general(%0, %0) {lhsBatching = [], rhsBatching = [], lhsContracting = [0], rhsContracting = []} : tensor<2xf32>",
    "dot_general: batching and contracting dimensions must come in pairs",
  ],
  [
    "dot_general_c3",
    ["tensor<2x2xf32>"],
    "dot_general(%0, %0) {lhsBatching = [0], rhsBatching = [0], lhsContracting = [0], rhsContracting = [1]} : tensor<2xf32>",
    "dot_general: [0,0] are not distinct dimensions of rank 2",
  ],
  [
    "dot_general_c4",
    ["tensor<2x3xf32>"],
    "dot_general(%0, %0) {lhsBatching = [], rhsBatching = [], lhsContracting = [1], rhsContracting = [0]} : tensor<2x3xf32>",
    "dot_general: dimension 1 of [2,3] and dimension 0 of [2,3] differ",
  ],
  ["rounding_c1", ["tensor<2xi32>"], "ceil(%0) : tensor<2xi32>", "ceil: element type i32 is not f32"],
  [
    "bits_c1",
    ["tensor<2xpred>"],
    "shift_left(%0, %0) : tensor<2xpred>",
    "shift_left: element type pred is not one of i32,u32",
  ],
  [
    "bits_c2",
    ["tensor<2xi32>", "tensor<2xu32>"],
    "xor(%0, %1) : tensor<2xi32>",
    "xor: operands differ: tensor<2xi32> and tensor<2xu32>",
  ],
  ["clamp_c1", ["tensor<pred>"], "clamp(%0, %0, %0) : tensor<pred>", "clamp: pred has no order"],
  [
    "clamp_c2",
    ["tensor<2xf32>", "tensor<1xf32>"],
    "clamp(%0, %0, %1) : tensor<2xf32>",
    "clamp: a bound is tensor<1xf32>, expected tensor<2xf32> or a scalar of its type",
  ],
  [
    "dynamic_slice_c1",
    ["tensor<2x3xf32>", "tensor<i32>", "tensor<u32>"],
    "dynamic_slice(%0, %1, %2) {sizes = [1, 1]} : tensor<1x1xf32>",
    "dynamic_slice: it takes 2 starts, i32 scalars, got (tensor<i32>, tensor<u32>)",
  ],
  [
    "dynamic_slice_c2",
    ["tensor<2xf32>", "tensor<i32>"],
    "dynamic_slice(%0, %1) {sizes = [3]} : tensor<3xf32>",
    "dynamic_slice: a box of [3] does not fit into [2]",
  ],
  [
    "dynamic_update_slice_c1",
    ["tensor<2xf32>", "tensor<1xi32>"],
    "dynamic_update_slice(%0, %0, %1) : tensor<2xf32>",
    "dynamic_update_slice: it takes 1 starts, i32 scalars, got (tensor<1xi32>)",
  ],
  [
    "dynamic_update_slice_c2",
    ["tensor<2xf32>", "tensor<2xi32>", "tensor<i32>"],
    "dynamic_update_slice(%0, %1, %2) : tensor<2xf32>",
    "dynamic_update_slice: tensor<2xi32> does not fit into tensor<2xf32>",
  ],
  [
    "gather_c1",
    ["tensor<2xf32>"],
    "gather(%0, %0) : tensor<2xf32>",
    "gather: indices are tensor<2xf32>, expected i32",
  ],
  [
    "gather_c2",
    ["tensor<0x3xf32>", "tensor<2xi32>"],
    "gather(%0, %1) : tensor<2x3xf32>",
    "gather: tensor<0x3xf32> has no rows",
  ],
  [
    "scatter_c1",
    ["tensor<2xf32>", "tensor<1xi32>", "tensor<1xf32>"],
    "scatter(%0, %1, %2) {kind = multiply} : tensor<2xf32>",
    "scatter: unknown kind multiply",
  ],
  [
    "scatter_c2",
    ["tensor<2xf32>", "tensor<1xu32>", "tensor<1xf32>"],
    "scatter(%0, %1, %2) {kind = set} : tensor<2xf32>",
    "scatter: indices are tensor<1xu32>, expected i32",
  ],
  [
    "scatter_c3",
    ["tensor<f32>", "tensor<i32>"],
    "scatter(%0, %1, %0) {kind = set} : tensor<f32>",
    "scatter: a scalar has no rows",
  ],
  [
    "scatter_c4",
    ["tensor<2x3xf32>", "tensor<4xi32>", "tensor<4xf32>"],
    "scatter(%0, %1, %2) {kind = set} : tensor<2x3xf32>",
    "scatter: updates are tensor<4xf32>, expected tensor<4x3xf32>",
  ],
  [
    "scatter_c5",
    ["tensor<2xi32>", "tensor<1xi32>", "tensor<1xi32>"],
    "scatter(%0, %1, %2) {kind = add} : tensor<2xi32>",
    "scatter: add takes f32, not i32",
  ],
  [
    "convolution_c1",
    ["tensor<2x5x4xi32>", "tensor<3x4x6xf32>"],
    "convolution(%0, %1) {strides = [1], low = [0], high = [0], lhsDilation = [1], rhsDilation = [1], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [0], outputBatch = 0, outputFeature = 2, outputSpatial = [1], featureGroups = 1, batchGroups = 1} : tensor<2x3x6xf32>",
    "convolution: both operands must be f32",
  ],
  [
    "convolution_c2",
    ["tensor<2x5x4xf32>", "tensor<4x6xf32>"],
    "convolution(%0, %1) {strides = [1], low = [0], high = [0], lhsDilation = [1], rhsDilation = [1], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [0], outputBatch = 0, outputFeature = 2, outputSpatial = [1], featureGroups = 1, batchGroups = 1} : tensor<2x3x6xf32>",
    "convolution: operands have ranks 3 and 2, expected equal ones from 2",
  ],
  [
    "convolution_c3",
    ["tensor<2x5x4xf32>", "tensor<3x4x6xf32>"],
    "convolution(%0, %1) {strides = [1, 1], low = [0], high = [0], lhsDilation = [1], rhsDilation = [1], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [0], outputBatch = 0, outputFeature = 2, outputSpatial = [1], featureGroups = 1, batchGroups = 1} : tensor<2x3x6xf32>",
    "convolution: strides, low, high and dilations need 1 entries",
  ],
  [
    "convolution_c4",
    ["tensor<2x5x4xf32>", "tensor<3x4x6xf32>"],
    "convolution(%0, %1) {strides = [1], low = [0], high = [0], lhsDilation = [1], rhsDilation = [1], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [1], outputBatch = 0, outputFeature = 2, outputSpatial = [1], featureGroups = 1, batchGroups = 1} : tensor<2x3x6xf32>",
    "convolution: [1,1,2] are not the 3 dimensions of the kernel",
  ],
  [
    "convolution_c5",
    ["tensor<2x5x4xf32>", "tensor<3x4x6xf32>"],
    "convolution(%0, %1) {strides = [0], low = [0], high = [0], lhsDilation = [1], rhsDilation = [1], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [0], outputBatch = 0, outputFeature = 2, outputSpatial = [1], featureGroups = 1, batchGroups = 1} : tensor<2x3x6xf32>",
    "convolution: a kernel's sizes, strides and dilations are at least 1",
  ],
  [
    "convolution_c6",
    ["tensor<2x5x4xf32>", "tensor<3x4x6xf32>"],
    "convolution(%0, %1) {strides = [1], low = [0], high = [0], lhsDilation = [1], rhsDilation = [1], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [0], outputBatch = 0, outputFeature = 2, outputSpatial = [1], featureGroups = 2, batchGroups = 2} : tensor<2x3x6xf32>",
    "convolution: there are 2 groups of features and 2 of the batch, expected one at least, and one of either",
  ],
  [
    "convolution_c7",
    ["tensor<2x5x4xf32>", "tensor<3x4x6xf32>"],
    "convolution(%0, %1) {strides = [1], low = [0], high = [0], lhsDilation = [1], rhsDilation = [1], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [0], outputBatch = 0, outputFeature = 2, outputSpatial = [1], featureGroups = 2, batchGroups = 1} : tensor<2x3x6xf32>",
    "convolution: 4 input features for 2 groups of 4",
  ],
  [
    "convolution_c8",
    ["tensor<3x5x4xf32>", "tensor<3x4x6xf32>"],
    "convolution(%0, %1) {strides = [1], low = [0], high = [0], lhsDilation = [1], rhsDilation = [1], inputBatch = 0, inputFeature = 2, inputSpatial = [1], kernelInputFeature = 1, kernelOutputFeature = 2, kernelSpatial = [0], outputBatch = 0, outputFeature = 2, outputSpatial = [1], featureGroups = 1, batchGroups = 2} : tensor<2x3x6xf32>",
    "convolution: a batch of 3 and 6 output features do not make 2 groups",
  ],
  [
    "reduce_window_c1",
    ["tensor<5xf32>"],
    "reduce_window(%0) {kind = mean, sizes = [2], strides = [1], baseDilations = [1], windowDilations = [1], low = [0], high = [0]} : tensor<4xf32>",
    "reduce_window: unknown kind mean",
  ],
  [
    "reduce_window_c2",
    ["tensor<5xpred>"],
    "reduce_window(%0) {kind = max, sizes = [2], strides = [1], baseDilations = [1], windowDilations = [1], low = [0], high = [0]} : tensor<4xpred>",
    "reduce_window: pred cannot be reduced",
  ],
  [
    "reduce_window_c3",
    ["tensor<5xf32>"],
    "reduce_window(%0) {kind = max, sizes = [2, 1], strides = [1], baseDilations = [1], windowDilations = [1], low = [0], high = [0]} : tensor<4xf32>",
    "reduce_window: every list needs 1 entries",
  ],
  [
    "reduce_window_c4",
    ["tensor<5xf32>"],
    "reduce_window(%0) {kind = max, sizes = [0], strides = [1], baseDilations = [1], windowDilations = [1], low = [0], high = [0]} : tensor<6xf32>",
    "reduce_window: sizes, strides and dilations are at least 1",
  ],
  [
    "reduce_window_c5",
    ["tensor<5xf32>"],
    "reduce_window(%0) {kind = max, sizes = [1], strides = [1], baseDilations = [1], windowDilations = [1], low = [-6], high = [0]} : tensor<0xf32>",
    "reduce_window: dimension 0 would have size -1",
  ],
  [
    "select_and_scatter_c1",
    ["tensor<5xf32>", "tensor<4xf32>"],
    "select_and_scatter(%0, %1) {kind = sum, sizes = [2], strides = [1], low = [0], high = [0]} : tensor<5xf32>",
    "select_and_scatter: unknown kind sum",
  ],
  [
    "select_and_scatter_c2",
    ["tensor<5xi32>", "tensor<4xi32>"],
    "select_and_scatter(%0, %1) {kind = max, sizes = [2], strides = [1], low = [0], high = [0]} : tensor<5xi32>",
    "select_and_scatter: both operands must be f32",
  ],
  [
    "select_and_scatter_c3",
    ["tensor<5xf32>", "tensor<4xf32>"],
    "select_and_scatter(%0, %1) {kind = max, sizes = [], strides = [1], low = [0], high = [0]} : tensor<5xf32>",
    "select_and_scatter: every list needs 1 entries",
  ],
  [
    "select_and_scatter_c4",
    ["tensor<5xf32>", "tensor<4xf32>"],
    "select_and_scatter(%0, %1) {kind = max, sizes = [2], strides = [-1], low = [0], high = [0]} : tensor<5xf32>",
    "select_and_scatter: sizes, strides and dilations are at least 1",
  ],
  [
    "select_and_scatter_c5",
    ["tensor<5xf32>", "tensor<4xf32>"],
    "select_and_scatter(%0, %1) {kind = max, sizes = [2], strides = [1], low = [0], high = [-7]} : tensor<5xf32>",
    "select_and_scatter: dimension 0 would have size -2",
  ],
  [
    "select_and_scatter_c6",
    ["tensor<5xf32>", "tensor<3xf32>"],
    "select_and_scatter(%0, %1) {kind = max, sizes = [2], strides = [1], low = [0], high = [0]} : tensor<5xf32>",
    "select_and_scatter: there are [4] windows and [3] elements for them",
  ],
  [
    "scan_c1",
    ["tensor<f32>"],
    "scan(%0) {body = g, length = 2, carries = 1, sequences = 1, order = forwards, types = [tensor<f32>]} : tensor<f32>",
    "scan: 1 operands for 1 carries and 1 sequences of 2",
  ],
  [
    "scan_c2",
    ["tensor<f32>"],
    "scan(%0) {body = g, length = 2, carries = 1, sequences = 0, order = forwards, types = [tensor<i32>]} : tensor<i32>",
    "scan: carries are (tensor<f32>), results (tensor<i32>)",
  ],
  [
    "scan_c3",
    ["tensor<3xf32>"],
    "scan(%0) {body = g, length = 2, carries = 0, sequences = 1, order = forwards, types = [tensor<2xf32>]} : tensor<2xf32>",
    "scan: sequences and outputs are (tensor<3xf32>, tensor<2xf32>), expected 2 elements in each",
  ],
  [
    "scan_c6",
    ["tensor<2xf32>"],
    "scan(%0) {body = g, length = 2, carries = 0, sequences = 1, order = outwards, types = [tensor<2xf32>]} : tensor<2xf32>",
    "scan: unknown order outwards",
  ],
  ...["foo", ".", "foo.", ".foo", "a..b", "1a.b", "a b.c"].map(
    (name) =>
      [
        "composite_c5",
        ["tensor<f32>"],
        `composite(%0) {composite = "${name}", settings = {}, decomposition = g, types = [tensor<f32>]} : tensor<f32>`,
        `composite: ${name} is not a name such as optimizer_update.adam`,
      ] as const,
  ),
  [
    "rng_bit_generator_c1",
    ["tensor<3xu32>"],
    "rng_bit_generator(%0) {shape = [2]} : tensor<6xu32>",
    "rng_bit_generator: the state must be u32[6]",
  ],
];

/** For composites to name. */
const DECOMPOSITION = [
  "  func composite g batch 0 {",
  "    %0 = parameter a : tensor<f32>",
  "    result r = %0",
  "  }",
];

test.each(BROKEN)("%s: %j %s", (constraint, parameters, op, message) => {
  const program = programOf(parameters, [`%9 = ${op}`], DECOMPOSITION);
  expect(verify(program)).toEqual([{ constraint, func: "f", op: 0, message }]);
});

test("every label in src/ops has a broken operation above", () => {
  const folder = new URL("../../src/ops/", import.meta.url);
  const labels = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), "utf8").matchAll(/"([a-z_]+_c\d+)"/g)].map(([, label]) => label),
  );
  expect(labels.length).toBeGreaterThan(20);
  expect([...new Set(labels)].sort()).toEqual([...new Set(BROKEN.map(([label]) => label))].sort());
});
