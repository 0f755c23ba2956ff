// Gradients of the operations on windows: convolutions of convolutions, windows of windows.

import { at } from "@netwright/definitions";
import type { Builder } from "../../core/builder.ts";
import type { Op, Value } from "../../core/program.ts";
import { dilated, type Window } from "../../decompositions/windows.ts";
import {
  type ConvolutionAttributes,
  convolutionWindows,
  dimensionsOf,
  inOrder,
  outOfOrder,
} from "../../ops/convolution.ts";
import { windowsIn } from "../../ops/reduce-window.ts";
import { oneResult, operandOf } from "../rule.ts";

/**
 * What must stand around the cotangents of `places` windows, their stride apart, so that each element of an operand of
 * `length` meets all windows that it lies in.
 */
function around(
  window: Window,
  length: number,
  places: number,
): { readonly low: number; readonly high: number } {
  const low = dilated(window.size, window.dilation) - 1 - window.low;
  return { low, high: dilated(length, window.baseDilation) + window.low - dilated(places, window.stride) };
}

/** Operands and cotangent in the canonical order: batch, spatial, feature; spatial, input, output feature. */
interface Canonical {
  readonly b: Builder;
  readonly x: Value;
  readonly kernel: Value;
  readonly g: Value;
  readonly windows: readonly Window[];
  readonly featureGroups: number;
  readonly batchGroups: number;
}

function canonical(b: Builder, op: Op<"convolution">, cotangent: Value): Canonical {
  const { input, kernel, output } = dimensionsOf(op.attributes);
  const rhs = inOrder(b, operandOf(op, 1), kernel);
  return {
    b,
    x: inOrder(b, operandOf(op, 0), input),
    kernel: rhs,
    g: inOrder(b, cotangent, output),
    windows: convolutionWindows(rhs.type.shape.slice(0, -2), op.attributes),
    featureGroups: op.attributes.featureGroups,
    batchGroups: op.attributes.batchGroups,
  };
}

/** A convolution whose operands have other dimensions in the places of the canonical ones. */
function convolve(
  b: Builder,
  [lhs, rhs]: readonly [Value, Value],
  windows: readonly Pick<Window, "stride" | "dilation" | "low" | "high" | "baseDilation">[],
  dimensions: Partial<ConvolutionAttributes>,
): Value {
  const spatial = windows.map((_, d) => d);
  const middle = spatial.map((d) => d + 1);
  return b.convolution(lhs, rhs, {
    strides: windows.map(({ stride }) => stride),
    low: windows.map(({ low }) => low),
    high: windows.map(({ high }) => high),
    lhsDilation: windows.map(({ baseDilation }) => baseDilation),
    rhsDilation: windows.map(({ dilation }) => dilation),
    inputBatch: 0,
    inputSpatial: middle,
    inputFeature: spatial.length + 1,
    kernelSpatial: spatial,
    kernelInputFeature: spatial.length,
    kernelOutputFeature: spatial.length + 1,
    outputBatch: 0,
    outputSpatial: middle,
    outputFeature: spatial.length + 1,
    featureGroups: 1,
    batchGroups: 1,
    ...dimensions,
  });
}

/** Splits dimension `from` into groups, and puts the group in front of dimension `to` of what is left. */
function regrouped(b: Builder, x: Value, groups: number, from: number, to: number): Value {
  if (groups === 1) return x;
  const { shape } = x.type;
  const each = at(shape, from) / groups;
  const split = b.reshape(x, [...shape.slice(0, from), groups, each, ...shape.slice(from + 1)]);
  const rest = split.type.shape.map((_, d) => d).filter((d) => d !== from);
  // Counted without the group, which is merged with the dimension behind it.
  const order = [...rest.slice(0, to), from, ...rest.slice(to)];
  const moved = b.transpose(split, order);
  const merged = moved.type.shape.flatMap((size, d, sizes) =>
    d === to ? [size * at(sizes, d + 1)] : d === to + 1 ? [] : [size],
  );
  return b.reshape(moved, merged);
}

/** The cotangents, their stride apart, with the kernel turned around. */
function toInput({ b, x, kernel, g, windows, featureGroups, batchGroups }: Canonical): Value {
  const spatial = windows.map((_, d) => d);
  const [input, output] = [spatial.length, spatial.length + 1];
  const turned = spatial.length === 0 ? kernel : b.reverse(kernel, spatial);
  const groups = featureGroups * batchGroups;
  // [spatial, input, output of all groups] to [spatial, input of all groups, output]
  const grouped = regrouped(b, turned, groups, output, input);
  const product = convolve(
    b,
    [g, grouped],
    windows.map((window, d) => ({
      ...around(window, at(x.type.shape, d + 1), at(g.type.shape, d + 1)),
      stride: window.baseDilation,
      dilation: window.dilation,
      baseDilation: window.stride,
    })),
    { kernelInputFeature: output, kernelOutputFeature: input, featureGroups: groups },
  );
  // Groups of the batch have come out as groups of features.
  return regrouped(b, product, batchGroups, spatial.length + 1, 0);
}

/** The input, its features as the batch, with the cotangents as the kernel. */
function toKernel({ b, x, kernel, g, windows, featureGroups, batchGroups }: Canonical): Value {
  const spatial = windows.map((_, d) => d);
  const middle = spatial.map((d) => d + 1);
  return convolve(
    b,
    [x, g],
    windows.map((window, d) => {
      const [length, places] = [at(x.type.shape, d + 1), at(g.type.shape, d + 1)];
      const wanted = dilated(at(kernel.type.shape, d), window.dilation) - 1 + dilated(places, window.stride);
      return {
        low: window.low,
        high: wanted - dilated(length, window.baseDilation) - window.low,
        stride: window.dilation,
        dilation: window.stride,
        baseDilation: window.baseDilation,
      };
    }),
    {
      inputBatch: spatial.length + 1,
      inputFeature: 0,
      kernelSpatial: middle,
      kernelInputFeature: 0,
      kernelOutputFeature: spatial.length + 1,
      outputBatch: spatial.length,
      outputSpatial: spatial,
      featureGroups: batchGroups,
      batchGroups: featureGroups,
    },
  );
}

export const convolution = oneResult<"convolution">(({ builder: b, op, cotangent, needs }) => {
  const { input, kernel } = dimensionsOf(op.attributes);
  const [x, w] = [operandOf(op, 0), operandOf(op, 1)];
  // Without elements there is nothing to slide over.
  if ([x, w, cotangent].some(({ type }) => type.shape.includes(0))) return [b.like(x, 0), b.like(w, 0)];
  const all = canonical(b, op, cotangent);
  return [
    needs(0) ? outOfOrder(b, toInput(all), input) : undefined,
    needs(1) ? outOfOrder(b, toKernel(all), kernel) : undefined,
  ];
});

// sum: g to all elements of its window, which are windows over g; maximum and minimum: g to the element that it is
export const reduceWindow = oneResult<"reduce_window">(({ builder: b, op, cotangent: g }) => {
  const x = operandOf(op, 0);
  const { kind, sizes, strides, low, high, baseDilations, windowDilations } = op.attributes;
  const { shape } = x.type;
  if (shape.includes(0) || g.type.shape.includes(0)) return [b.like(x, 0)];
  if (kind === "sum") {
    const margins = windowsIn(op.attributes).map((window, d) =>
      around(window, at(shape, d), at(g.type.shape, d)),
    );
    return [
      b.reduceWindow(g, {
        kind,
        sizes,
        strides: baseDilations,
        baseDilations: strides,
        windowDilations,
        low: margins.map((margin) => margin.low),
        high: margins.map((margin) => margin.high),
      }),
    ];
  }
  const isPlain = [...baseDilations, ...windowDilations].every((dilation) => dilation === 1);
  if (kind === "product" || !isPlain) return undefined;
  return [b.selectAndScatter(x, g, { kind, sizes, strides, low, high })];
});
