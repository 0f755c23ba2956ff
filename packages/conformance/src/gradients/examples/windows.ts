// Gradient examples of the operations on windows.

import type { Attributes, NumericReduceKind } from "@netwright/ir";
import { between, distinct, signed } from "../../values/smooth-tensor.ts";
import type { GradientExample } from "./example.ts";

type Convolution = Attributes["convolution"];

/** Batch, spatial, feature; spatial, input, output. */
function channelsLast(spatial: number, changes: Partial<Convolution>): Convolution {
  const each = (value: number) => Array.from({ length: spatial }, () => value);
  const dimensions = each(0).map((_, d) => d);
  return {
    strides: each(1),
    low: each(0),
    high: each(0),
    lhsDilation: each(1),
    rhsDilation: each(1),
    inputBatch: 0,
    inputSpatial: dimensions.map((d) => d + 1),
    inputFeature: spatial + 1,
    kernelSpatial: dimensions,
    kernelInputFeature: spatial,
    kernelOutputFeature: spatial + 1,
    outputBatch: 0,
    outputSpatial: dimensions.map((d) => d + 1),
    outputFeature: spatial + 1,
    featureGroups: 1,
    batchGroups: 1,
    ...changes,
  };
}

function convolution(
  variant: string,
  x: readonly number[],
  kernel: readonly number[],
  changes: Partial<Convolution> = {},
): GradientExample<"convolution"> {
  return {
    variant,
    application: {
      operands: [between(-2, 2, x, 1), between(-2, 2, kernel, 2)],
      attributes: channelsLast(x.length - 2, changes),
    },
  };
}

export const convolutionExamples: readonly GradientExample<"convolution">[] = [
  convolution("one dimension", [2, 5, 2], [3, 2, 2]),
  convolution("two dimensions", [1, 4, 3, 2], [2, 2, 2, 2]),
  convolution("none", [2, 3], [3, 2]),
  convolution("padded and strided", [1, 6, 2], [3, 2, 2], { strides: [2], low: [1], high: [2] }),
  convolution("cut off", [1, 6, 1], [2, 1, 2], { low: [-1], high: [-2] }),
  convolution("dilated kernel", [1, 7, 1], [3, 1, 2], { rhsDilation: [2], low: [1], high: [0] }),
  convolution("dilated input", [1, 4, 2], [3, 2, 1], { lhsDilation: [2], low: [2], high: [1] }),
  convolution("all of it", [1, 5, 2], [2, 2, 2], {
    strides: [2],
    lhsDilation: [3],
    rhsDilation: [2],
    low: [1],
    high: [3],
  }),
  convolution("strides that leave a rest", [1, 6, 1], [2, 1, 1], { strides: [3] }),
  convolution("groups of features", [2, 4, 4], [2, 2, 6], { featureGroups: 2 }),
  convolution("a kernel for each feature", [1, 4, 3], [2, 1, 3], { featureGroups: 3, low: [1], high: [0] }),
  convolution("groups of the batch", [4, 4, 2], [2, 2, 4], { batchGroups: 2, strides: [2] }),
  convolution("other orders", [3, 2, 5], [2, 3, 2], {
    inputBatch: 1,
    inputFeature: 0,
    inputSpatial: [2],
    kernelInputFeature: 1,
    kernelOutputFeature: 2,
    kernelSpatial: [0],
    outputBatch: 2,
    outputFeature: 0,
    outputSpatial: [1],
  }),
];

function window(
  variant: string,
  kind: NumericReduceKind,
  shape: readonly number[],
  attributes: Partial<Attributes["reduce_window"]>,
): GradientExample<"reduce_window"> {
  const each = (value: number) => shape.map(() => value);
  const x =
    kind === "sum" ? between(-2, 2, shape) : kind === "product" ? signed(0.5, 1.5, shape) : distinct(shape);
  return {
    variant: `${kind} ${variant}`,
    application: {
      operands: [x],
      attributes: {
        kind,
        sizes: each(2),
        strides: each(1),
        baseDilations: each(1),
        windowDilations: each(1),
        low: each(0),
        high: each(0),
        ...attributes,
      },
    },
  };
}

// No window of these lies outside of the operand altogether: its maximum would be an infinity.
export const reduceWindowExamples: readonly GradientExample<"reduce_window">[] = [
  ...(["sum", "product", "max", "min"] as const).flatMap((kind) => [
    window("side by side", kind, [4, 4], { strides: [2, 2] }),
    window("overlapping and padded", kind, [5, 3], {
      sizes: [3, 2],
      low: [1, 0],
      high: [1, 1],
      strides: [2, 1],
    }),
    window("dilated", kind, [5], { windowDilations: [3], baseDilations: [2], low: [1], high: [1] }),
    window("cut off", kind, [6], { low: [-1], high: [-1] }),
  ]),
];

const selections = (["max", "min"] as const).map(
  (kind): GradientExample<"select_and_scatter"> => ({
    variant: kind,
    application: {
      operands: [distinct([5, 3]), between(-2, 2, [3, 3], 2)],
      attributes: { kind, sizes: [3, 2], strides: [2, 1], low: [1, 1], high: [1, 0] },
    },
  }),
);

export const selectAndScatterExamples: readonly GradientExample<"select_and_scatter">[] = selections;
