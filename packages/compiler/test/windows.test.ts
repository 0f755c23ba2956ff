// Layers of convolution, pooling and resizing through a text: shapes, problems, and values that are seen at a glance.

import { describe, expect, test } from "@jest/globals";
import { compiled, modelOf } from "./support.ts";

const shapeOf = (input: string, flow: string) => modelOf({ input, flow }).nodes[0]?.type.shape;

/** What the layer gives for one row of these numbers. */
async function valuesOf(input: string, flow: string, x: readonly number[]): Promise<readonly number[]> {
  const executable = await compiled({ input, flow: `${flow}\n flatten` }, { predict: [1] });
  const weights = [...executable.readState()].map(
    ([name, values]) => [name, values.map((_, i) => i + 1)] as const,
  );
  executable.writeState(new Map(weights));
  return [...executable.predict({ rows: 1, feeds: { x: Float32Array.from(x) } })];
}

const image = "28, 28, 3";
const sequence = "20, 3";

test.each([
  [image, "conv2d(8, 3)", [26, 26, 8]],
  [image, "conv2d(8, [5, 3], padding: same)", [28, 28, 8]],
  [image, "conv2d(8, 3, 2, same)", [14, 14, 8]],
  [image, "conv2d(8, 3, strides: [1, 2], dilation_rate: [2, 1])", [24, 13, 8]],
  [image, "conv2d(6, 3, groups: 3)", [26, 26, 6]],
  [image, "depthwise_conv2d(3, depth_multiplier: 4)", [26, 26, 12]],
  [image, "separable_conv2d(8, [3, 5], depth_multiplier: 2)", [26, 24, 8]],
  [image, "conv_transpose2d(8, 3, strides: 2)", [57, 57, 8]],
  [image, "conv_transpose2d(8, 3, strides: [2, 1], padding: same)", [56, 28, 8]],
  [image, "conv_transpose2d(8, 3, strides: 2, padding: same, output_padding: [0, 1])", [55, 56, 8]],
  [image, "max_pooling2d", [14, 14, 3]],
  [image, "max_pooling2d([4, 2])", [7, 14, 3]],
  [image, "average_pooling2d(3, 2, same)", [14, 14, 3]],
  [image, "average_pooling2d(3, strides: [1, 2])", [26, 13, 3]],
  [image, "global_max_pooling2d", [3]],
  [image, "global_average_pooling2d(keepdims: true)", [1, 1, 3]],
  [image, "upsampling2d", [56, 56, 3]],
  [image, "upsampling2d([1, 3], interpolation: bilinear)", [28, 84, 3]],
  [image, "zero_padding2d", [30, 30, 3]],
  [image, "zero_padding2d([1, 2])", [30, 32, 3]],
  [image, "zero_padding2d([[1, 2], 3])", [31, 34, 3]],
  [image, "cropping2d([[1, 2], [3, 4]])", [25, 21, 3]],
  [image, "cropping2d", [28, 28, 3]],
  [sequence, "conv1d(8, 3, padding: causal)", [20, 8]],
  [sequence, "depthwise_conv1d(3, strides: 2, padding: same)", [10, 3]],
  [sequence, "separable_conv1d(8, 3, padding: causal)", [20, 8]],
  [sequence, "conv_transpose1d(8, 4, strides: 2, padding: same)", [40, 8]],
  [sequence, "max_pooling1d(3, strides: none)", [6, 3]],
  [sequence, "average_pooling1d(3, 1, same)", [20, 3]],
  [sequence, "global_max_pooling1d", [3]],
  [sequence, "global_average_pooling1d(keepdims: true)", [1, 3]],
  [sequence, "upsampling1d(3)", [60, 3]],
  [sequence, "zero_padding1d([3, 0])", [23, 3]],
  [sequence, "cropping1d", [18, 3]],
])("from %s, %s gives %j", (input, flow, shape) => {
  expect(shapeOf(input, flow)).toEqual(shape);
});

test.each([
  ["28, 28", "conv2d(8, 3)", "conv2d takes height, width and channels, and its input has 2 sizes"],
  ["28, 28", "conv2d(8, 3)", "`input(28, 28, 1)`"],
  ["8", "max_pooling1d", "max_pooling1d takes steps and channels, and its input has one size"],
  ["5, 4, 1", "conv2d(8, [3, 5])", "a window of 3 x 5 does not fit into 5 x 4"],
  ["5, 4, 1", "conv2d(8, 3, dilation_rate: 2)", "a window of 5 x 5 does not fit into 5 x 4"],
  ["5, 4, 1", "max_pooling2d([2, 6])", "a window of 2 x 6 does not fit into 5 x 4"],
  ["4, 1", "average_pooling1d(5)", "a window of 5 steps does not fit into 4"],
  ["3, 32, 32", "conv2d(8, 5)", "`permute([2, 3, 1])` puts those of `input(3, 32, 32)` there"],
  // What convolutions and pooling leave over has its channels last.
  [
    "8, 8, 1",
    "conv2d(8, 3) -> max_pooling2d -> conv2d(8, 5)",
    "Take a smaller window, fewer layers in front",
  ],
  [
    image,
    "conv2d(8, [3, 3, 3])",
    "`kernel_size` has 3 numbers, and there are 2 directions: height and width",
  ],
  [image, "max_pooling2d(2, strides: [1])", "`strides` has 1 number, and there are 2 directions"],
  [image, "conv2d(8, 3, groups: 2)", "2 groups do not divide 3 channels and 8 filters"],
  [image, "conv2d(8, 0)", "at least 1"],
  [image, "conv2d(8, 3, padding: causal)", "`causal`"],
  [image, "conv_transpose2d(8, 3, output_padding: 1)", "an `output_padding` of 1 is not below `strides`, 1"],
  [
    image,
    "conv_transpose2d(8, 3, strides: [2, 1], output_padding: [1, 1])",
    "an `output_padding` of [1,1] is not below `strides`, [2,1]",
  ],
  ["3, 3, 1", "cropping2d(2)", "nothing is left of 3 x 3"],
  ["3, 1", "cropping1d([1, 2])", "nothing is left of 3 steps"],
  ["3, 1", "zero_padding1d([1, 2, 3])", "`padding` is one number, or two"],
  ["3, 3, 1", "zero_padding2d([1])", "`padding` is one number, one each for height and width"],
  ["3, 3, 1", "cropping2d([[1], [0, 1]])", "`cropping` is one number, one each for height and width"],
])("input(%s) and %s: %s", (input, flow, message) => {
  expect(() => modelOf({ input, flow })).toThrow(message);
});

describe("values:", () => {
  test.each([
    ["2, 2, 1", "zero_padding2d([[1, 0], [0, 2]])", [1, 2, 3, 4], [0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0]],
    ["3, 3, 1", "cropping2d([[1, 0], [0, 2]])", [1, 2, 3, 4, 5, 6, 7, 8, 9], [4, 7]],
    ["2, 2, 1", "upsampling2d([2, 1])", [1, 2, 3, 4], [1, 2, 1, 2, 3, 4, 3, 4]],
    ["1, 3, 1", "upsampling2d([1, 3], interpolation: bilinear)", [0, 3, 9], [0, 0, 1, 2, 3, 5, 7, 9, 9]],
    ["2, 2, 1", "global_average_pooling2d", [1, 2, 3, 6], [3]],
    ["3, 1", "average_pooling1d(3, 1, same)", [2, 4, 9], [3, 5, 6.5]],
    // The kernel is 1, 2: no step sees what comes later.
    ["3, 1", "depthwise_conv1d(2, padding: causal, use_bias: false)", [1, 10, 100], [2, 21, 210]],
    ["3, 1", "separable_conv1d(1, 2, padding: causal, use_bias: false)", [1, 10, 100], [2, 21, 210]],
    ["2, 1", "conv_transpose1d(1, 2, strides: 2, use_bias: false)", [1, 10], [1, 2, 10, 20]],
    ["2, 1", "conv_transpose1d(1, 2, use_bias: false)", [1, 10], [1, 12, 20]],
  ])("input(%s) and %s", async (input, flow, x, wanted) => {
    expect(await valuesOf(input, flow, x)).toEqual(wanted);
  });

  test("an infinity stays where it is when numbers between others are looked for", async () => {
    const found = await valuesOf("1, 4, 1", "upsampling2d([1, 3], interpolation: bilinear)", [
      1,
      4,
      7,
      Number.POSITIVE_INFINITY,
    ]);
    // The last before it mixes with it, and it alone is beyond the end.
    expect(found.map(Number.isFinite)).toEqual([...Array(8).fill(true), ...Array(4).fill(false)]);
    expect(found.some(Number.isNaN)).toBe(false);
  });

  test("a NaN is the largest of its window, and around the input there is nothing", async () => {
    const x = [-1, -2, Number.NaN, -4, -5];
    expect(await valuesOf("5, 1", "max_pooling1d(2, 2, same)", x)).toEqual([-1, Number.NaN, -5]);
  });
});

test("convolutions of separate channels have fewer weights", () => {
  const sizesOf = (flow: string) =>
    compiled({ input: image, flow }, { predict: [1] }).then((executable) => {
      return [...executable.readState()].map(([name, { length }]) => [name, length]);
    });
  return expect(
    Promise.all([
      sizesOf("conv2d(8, 3)"),
      sizesOf("separable_conv2d(8, 3)"),
      sizesOf("depthwise_conv2d(3, use_bias: false)"),
    ]),
  ).resolves.toEqual([
    [
      ["conv2d_1.kernel", 216],
      ["conv2d_1.bias", 8],
    ],
    [
      ["separable_conv2d_1.depthwise_kernel", 27],
      ["separable_conv2d_1.pointwise_kernel", 24],
      ["separable_conv2d_1.bias", 8],
    ],
    [["depthwise_conv2d_1.kernel", 27]],
  ]);
});
