// Operations on windows, by loops over places and over the window. Each place in the window is looked up in the
// operand: nothing is put around or between.

import { at, offsetOf, reducer, reduction, rowMajorStrides, sizeOf, summedDimensions } from "@netwright/ir";
import { fusedMultiplyAdd } from "@netwright/ir/numerics";
import { onlyType, operandAt, type Tensor, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

// Looked up once: in a vm context, such as a test runner's, every look-up of a global is slow.
const { fround } = Math;

/** All indices of a shape, in row-major order. */
function indicesOf(shape: readonly number[]): readonly (readonly number[])[] {
  return shape.reduce<readonly (readonly number[])[]>(
    (sofar, size) => sofar.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])),
    [[]],
  );
}

interface Slide {
  readonly strides: readonly number[];
  readonly low: readonly number[];
  readonly baseDilations: readonly number[];
  readonly windowDilations: readonly number[];
}

/** Where the window's element lies in the operand; undefined for what is around and between. */
function placeIn(
  shape: readonly number[],
  { strides, low, baseDilations, windowDilations }: Slide,
  place: readonly number[],
  within: readonly number[],
): readonly number[] | undefined {
  const index = place.map(
    (p, d) =>
      (p * at(strides, d) + at(within, d) * at(windowDilations, d) - at(low, d)) / at(baseDilations, d),
  );
  const isThere = index.every((i, d) => Number.isInteger(i) && i >= 0 && i < at(shape, d));
  return isThere ? index : undefined;
}

export const reduceWindow: Kernel<"reduce_window"> = (operands, attributes, results) => {
  const x = operandAt(operands, 0);
  const result = zeros(onlyType(results));
  const { kind, sizes } = attributes;
  const strides = rowMajorStrides(x.type.shape);
  const { take, finish } = reducer(kind, x.type.dtype, result.data.length);
  const { identity } = reduction(kind, x.type.dtype);
  const within = indicesOf(sizes);
  indicesOf(result.type.shape).forEach((place, i) => {
    for (const offset of within) {
      const source = placeIn(x.type.shape, attributes, place, offset);
      take(i, source === undefined ? identity : at(x.data, offsetOf(source, strides)));
    }
  });
  result.data.set(finish());
  return [result];
};

export const selectAndScatter: Kernel<"select_and_scatter"> = (operands, attributes, results) => {
  const [x, source] = [operandAt(operands, 0), operandAt(operands, 1)];
  const { kind, sizes, strides, low } = attributes;
  const ones = sizes.map(() => 1);
  const slide: Slide = { strides, low, baseDilations: ones, windowDilations: ones };
  const own = rowMajorStrides(x.type.shape);
  const within = indicesOf(sizes);
  const isBetter = (a: number, b: number): boolean =>
    !Number.isNaN(b) && (Number.isNaN(a) || (kind === "max" ? a > b : a < b));
  // For each element what each place within a window gives to it: at most one window has it there.
  const given = new Map<number, Float32Array>();
  indicesOf(source.type.shape).forEach((place, i) => {
    let chosen: { readonly element: number; readonly place: number } | undefined;
    within.forEach((offset, k) => {
      const index = placeIn(x.type.shape, slide, place, offset);
      if (index === undefined) return;
      const element = offsetOf(index, own);
      if (chosen === undefined || isBetter(at(x.data, element), at(x.data, chosen.element))) {
        chosen = { element, place: k };
      }
    });
    if (chosen === undefined) return;
    const sums = given.get(chosen.element) ?? new Float32Array(within.length);
    sums[chosen.place] = at(source.data, i);
    given.set(chosen.element, sums);
  });
  const result = zeros(onlyType(results));
  for (const [element, places] of given) {
    const { take, finish } = reducer("sum", "f32", 1);
    for (const value of [...places].reverse()) take(0, value);
    result.data[element] = at(finish(), 0);
  }
  return [result];
};

export const convolution: Kernel<"convolution"> = (operands, attributes, results, _, numerics) => {
  const [x, kernel] = [operandAt(operands, 0), operandAt(operands, 1)];
  const result = zeros(onlyType(results));
  const { inputBatch, inputFeature, inputSpatial, outputBatch, outputFeature, outputSpatial } = attributes;
  const { kernelSpatial, kernelInputFeature, kernelOutputFeature, featureGroups, batchGroups } = attributes;
  const slide: Slide = {
    strides: attributes.strides,
    low: attributes.low,
    baseDilations: attributes.lhsDilation,
    windowDilations: attributes.rhsDilation,
  };
  const sizesOf = ({ type }: Tensor, dimensions: readonly number[]) =>
    dimensions.map((d) => at(type.shape, d));
  const lengths = sizesOf(x, inputSpatial);
  const inputs = at(kernel.type.shape, kernelInputFeature);
  const outputs = at(kernel.type.shape, kernelOutputFeature);
  const rows = at(x.type.shape, inputBatch) / batchGroups;
  const perGroup = outputs / (featureGroups * batchGroups);
  const [xStrides, kernelStrides, resultStrides] = [x, kernel, result].map(({ type }) =>
    rowMajorStrides(type.shape),
  );
  const spot = (strides: readonly number[] = [], dimensions: readonly number[], index: readonly number[]) =>
    dimensions.reduce((offset, d, i) => offset + at(strides, d) * at(index, i), 0);
  if (sizeOf(result.type.shape) === 0) return [result];

  // The kernel's elements for one output, in the order in which they lie.
  const summed = [...kernelSpatial, kernelInputFeature];
  const order = summedDimensions(attributes);
  const terms = indicesOf(
    sizesOf(
      kernel,
      order.map((d) => at(summed, d)),
    ),
  ).map((index) => {
    const canonical = summed.map((_, d) => at(index, order.indexOf(d)));
    const [offset, c] = [canonical.slice(0, -1), at(canonical, canonical.length - 1)];
    return {
      offset,
      feature: spot(xStrides, [inputFeature], [c]),
      by: spot(kernelStrides, summed, canonical),
    };
  });
  for (const place of indicesOf(sizesOf(result, outputSpatial))) {
    // Undefined around and between the elements.
    const sources = terms.map(({ offset, feature }) => {
      const source = placeIn(lengths, slide, place, offset);
      return source === undefined ? undefined : feature + spot(xStrides, inputSpatial, source);
    });
    for (let row = 0; row < rows; row++) {
      for (let o = 0; o < outputs; o++) {
        const group = Math.floor(o / perGroup);
        const batch = batchGroups > 1 ? group * rows + row : row;
        const firstInput = featureGroups > 1 ? group * inputs : 0;
        const from = spot(xStrides, [inputBatch, inputFeature], [batch, firstInput]);
        const output = spot(kernelStrides, [kernelOutputFeature], [o]);
        let sum = 0;
        terms.forEach(({ by }, k) => {
          const source = sources[k];
          const value = source === undefined ? 0 : at(x.data, from + source);
          const weight = at(kernel.data, output + by);
          sum =
            numerics === "fused"
              ? fusedMultiplyAdd(value, weight, sum)
              : fround(sum + fround(value * weight));
        });
        const target = spot(
          resultStrides,
          [outputBatch, ...outputSpatial, outputFeature],
          [row, ...place, o],
        );
        result.data[target] = sum;
      }
    }
  }
  return [result];
};
