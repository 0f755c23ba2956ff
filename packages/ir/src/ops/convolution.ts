// convolution: for each result element one accumulator in f32, starting at 0, takes the products of window and kernel
// in the order in which the kernel's elements lie: row-major over its spatial dimensions and input features, multiply
// then add, each rounded, as the `dot_general` that it is. What is put around and between elements is 0, and is
// multiplied too. The order is that of memory as the kernel of a weight's gradient is a batch of pictures: its sums
// take one picture after the other, which stays in the cache, where each place of all pictures in turn would not.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { Value } from "../core/program.ts";
import { sameShape, sizeOf, type TensorType, tensor } from "../core/types.ts";
import { placesOf, type Window, windowsOf } from "../decompositions/windows.ts";
import { constrain, type DerivedDefinition, operand } from "./definition.ts";

/** One entry for each spatial dimension in every list. */
export interface ConvolutionAttributes {
  readonly strides: readonly number[];
  /** Zeros before and after each spatial dimension; negative removes. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Elements from one of the input, and of the kernel, to the next. */
  readonly lhsDilation: readonly number[];
  readonly rhsDilation: readonly number[];
  readonly inputBatch: number;
  readonly inputFeature: number;
  readonly inputSpatial: readonly number[];
  readonly kernelInputFeature: number;
  readonly kernelOutputFeature: number;
  readonly kernelSpatial: readonly number[];
  readonly outputBatch: number;
  readonly outputFeature: number;
  readonly outputSpatial: readonly number[];
  /** Input features, and kernels with their output features, are split into so many groups side by side. */
  readonly featureGroups: number;
  /** As above for the batch. Not both. */
  readonly batchGroups: number;
}

/** Where the dimensions of the canonical order stand: batch, spatial, feature; spatial, input, output feature. */
export function dimensionsOf(attributes: ConvolutionAttributes) {
  const { inputBatch, inputSpatial, inputFeature } = attributes;
  const { kernelSpatial, kernelInputFeature, kernelOutputFeature } = attributes;
  const { outputBatch, outputSpatial, outputFeature } = attributes;
  return {
    input: [inputBatch, ...inputSpatial, inputFeature],
    kernel: [...kernelSpatial, kernelInputFeature, kernelOutputFeature],
    output: [outputBatch, ...outputSpatial, outputFeature],
  };
}

/** The windows of the spatial dimensions, for a kernel of these sizes. */
export function convolutionWindows(
  sizes: readonly number[],
  { strides, low, high, lhsDilation, rhsDilation }: ConvolutionAttributes,
): readonly Window[] {
  return sizes.map((size, d) => ({
    size,
    stride: at(strides, d),
    dilation: at(rhsDilation, d),
    low: at(low, d),
    high: at(high, d),
    baseDilation: at(lhsDilation, d),
  }));
}

/** The dimension that `order` puts at d is dimension d. */
export function inOrder(b: Builder, x: Value, order: readonly number[]): Value {
  return order.every((from, d) => from === d) ? x : b.transpose(x, order);
}

/** The way back. */
export function outOfOrder(b: Builder, x: Value, order: readonly number[]): Value {
  return inOrder(
    b,
    x,
    order.map((_, d) => order.indexOf(d)),
  );
}

/** The kernel's canonical dimensions that sums go over, in the order in which they lie. */
export function summedDimensions({ kernelSpatial, kernelInputFeature }: ConvolutionAttributes): number[] {
  const places = [...kernelSpatial, kernelInputFeature];
  return places.map((_, d) => d).sort((a, b) => at(places, a) - at(places, b));
}

/** Shapes in the canonical order. */
function canonical(operands: readonly TensorType[], attributes: ConvolutionAttributes) {
  const { input, kernel } = dimensionsOf(attributes);
  const [lhs, rhs] = [operand(operands, 0).shape, operand(operands, 1).shape];
  const [batch = 0, ...rest] = input.map((d) => at(lhs, d));
  const kernelShape = kernel.map((d) => at(rhs, d));
  return {
    batch,
    spatial: rest.slice(0, -1),
    features: at(rest, rest.length - 1),
    window: kernelShape.slice(0, -2),
    kernelInput: at(kernelShape, kernelShape.length - 2),
    kernelOutput: at(kernelShape, kernelShape.length - 1),
  };
}

function infer(operands: readonly TensorType[], attributes: ConvolutionAttributes): readonly TensorType[] {
  const [lhs, rhs] = [operand(operands, 0), operand(operands, 1)];
  const rank = lhs.shape.length;
  const { strides, low, high, lhsDilation, rhsDilation, featureGroups, batchGroups } = attributes;
  const dimensions = dimensionsOf(attributes);
  constrain(lhs.dtype === "f32" && rhs.dtype === "f32", "convolution_c1", "both operands must be f32");
  constrain(
    rank >= 2 && rhs.shape.length === rank,
    "convolution_c2",
    `operands have ranks ${rank} and ${rhs.shape.length}, expected equal ones from 2`,
  );
  const spatial = rank - 2;
  constrain(
    [strides, low, high, lhsDilation, rhsDilation].every(({ length }) => length === spatial),
    "convolution_c3",
    `strides, low, high and dilations need ${spatial} entries`,
  );
  for (const [what, order] of Object.entries(dimensions)) {
    const sorted = [...order].sort((a, b) => a - b);
    constrain(
      sameShape(sorted, [...Array(rank).keys()]),
      "convolution_c4",
      `[${order}] are not the ${rank} dimensions of the ${what}`,
    );
  }
  const shape = canonical(operands, attributes);
  const windows = convolutionWindows(shape.window, attributes);
  for (const window of windows) {
    constrain(
      window.size >= 1 && window.stride >= 1 && window.dilation >= 1 && window.baseDilation >= 1,
      "convolution_c5",
      "a kernel's sizes, strides and dilations are at least 1",
    );
  }
  constrain(
    featureGroups >= 1 && batchGroups >= 1 && (featureGroups === 1 || batchGroups === 1),
    "convolution_c6",
    `there are ${featureGroups} groups of features and ${batchGroups} of the batch, expected one at least, and one of either`,
  );
  constrain(
    shape.features === shape.kernelInput * featureGroups,
    "convolution_c7",
    `${shape.features} input features for ${featureGroups} groups of ${shape.kernelInput}`,
  );
  constrain(
    shape.batch % batchGroups === 0 && shape.kernelOutput % (featureGroups * batchGroups) === 0,
    "convolution_c8",
    `a batch of ${shape.batch} and ${shape.kernelOutput} output features do not make ${featureGroups * batchGroups} groups`,
  );
  const result = [
    shape.batch / batchGroups,
    ...windows.map((window, d) => placesOf(at(shape.spatial, d), window)),
    shape.kernelOutput,
  ];
  return [
    tensor(
      "f32",
      dimensions.output.map((_, d) => at(result, dimensions.output.indexOf(d))),
    ),
  ];
}

function decompose(b: Builder, operands: readonly Value[], attributes: ConvolutionAttributes): Value {
  const types = operands.map(({ type }) => type);
  const [result = tensor("f32")] = infer(types, attributes);
  const { input, kernel, output } = dimensionsOf(attributes);
  const { batch, window, kernelInput, kernelOutput } = canonical(types, attributes);
  if (sizeOf(result.shape) === 0) return b.fill(result, 0);
  const one: Window = { size: 1, stride: 1, dilation: 1, low: 0, high: 0, baseDilation: 1 };
  const all = [one, ...convolutionWindows(window, attributes), one];
  const windows = windowsOf(b, inOrder(b, at(operands, 0), input), all, b.scalar(0));
  const inner = window.map((_, d) => 2 * (d + 1));
  // [batch, places, window, features], without the dimensions within the windows of one.
  const { shape } = windows.value.type;
  const order = [1, ...inner.map((d) => d + 1), ...inner, 2 * window.length + 3];
  const columns = b.reshape(
    b.transpose(windows.value, [0, 2 * window.length + 2, ...order]),
    order.map((d) => at(shape, d)),
  );
  const places = inner.map((d) => at(shape, d + 1));
  const product = grouped(b, columns, inOrder(b, at(operands, 1), kernel), {
    batch,
    places,
    window,
    kernelInput,
    kernelOutput,
    featureGroups: attributes.featureGroups,
    summed: summedDimensions(attributes),
    batchGroups: attributes.batchGroups,
  });
  return outOfOrder(b, product, output);
}

interface Sizes {
  readonly batch: number;
  readonly places: readonly number[];
  readonly window: readonly number[];
  readonly kernelInput: number;
  readonly kernelOutput: number;
  /** Of window and input, in order. */
  readonly summed: readonly number[];
  readonly featureGroups: number;
  readonly batchGroups: number;
}

/** The product of [batch, places, window, features] and [window, input, output], as [batch, places, output]. */
function grouped(b: Builder, columns: Value, kernel: Value, sizes: Sizes): Value {
  const { batch, places, window, kernelInput, kernelOutput, summed, featureGroups, batchGroups } = sizes;
  const range = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);
  const spatial = window.length;
  const groups = featureGroups * batchGroups;
  if (groups === 1) {
    return b.dotGeneral(columns, kernel, {
      lhsBatching: [],
      rhsBatching: [],
      lhsContracting: summed.map((d) => 1 + spatial + d),
      rhsContracting: summed,
    });
  }
  // The group comes before what it splits: the batch or the features of the input, the output features of the kernel.
  const byBatch = batchGroups > 1;
  const rows = batch / batchGroups;
  const split = byBatch
    ? b.reshape(columns, [batchGroups, rows, ...places, ...window, kernelInput])
    : b.reshape(columns, [rows, ...places, ...window, featureGroups, kernelInput]);
  const kernels = b.reshape(kernel, [...window, kernelInput, groups, kernelOutput / groups]);
  const first = byBatch ? 2 + spatial : 1 + spatial;
  const product = b.dotGeneral(split, kernels, {
    lhsBatching: [byBatch ? 0 : 1 + 2 * spatial],
    rhsBatching: [spatial + 1],
    lhsContracting: summed.map((d) => (d === spatial ? 2 + 2 * spatial : first + d)),
    rhsContracting: summed,
  });
  // [groups, batch, places, output of a group]
  const ordered = b.transpose(product, [...range(1, 1 + spatial), 0, 2 + spatial]);
  return b.reshape(ordered, [rows, ...places, kernelOutput]);
}

export const convolution: DerivedDefinition<ConvolutionAttributes> = {
  summary: "sums of products of a kernel with the windows of the input",
  operands: 2,
  fields: {
    strides: "integers",
    low: "integers",
    high: "integers",
    lhsDilation: "integers",
    rhsDilation: "integers",
    inputBatch: "integer",
    inputFeature: "integer",
    inputSpatial: "integers",
    kernelInputFeature: "integer",
    kernelOutputFeature: "integer",
    kernelSpatial: "integers",
    outputBatch: "integer",
    outputFeature: "integer",
    outputSpatial: "integers",
    featureGroups: "integer",
    batchGroups: "integer",
  },
  cost: ({ operands, results: [result] }, attributes) => {
    const { window, kernelInput } = canonical(operands, attributes);
    const macs = sizeOf(result?.shape ?? [0]) * sizeOf(window) * kernelInput;
    return { macs, flops: 2 * macs };
  },
  infer,
  decompose: (b, operands, attributes) => [decompose(b, operands, attributes)],
};
