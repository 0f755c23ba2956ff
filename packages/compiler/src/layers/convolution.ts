// What layers of convolution share: their parameters, their shape, and the operation over any number of directions.

import { at, type Shape, type ShapeProblem } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import {
  along,
  marginsOf,
  type Padding,
  placesOf,
  type Sizes,
  type Slide,
  shapeProblem,
  sizesProblem,
  slidesOf,
} from "./windows.ts";

/** What is around the input of a layer over [steps, channels]. */
export const sequencePadding =
  "What is around the sequence: nothing, zeros that keep its length, or zeros before it so that no window sees what comes later.";

/** What is around the input of a layer over [height, width, channels]. */
export const imagePadding = "What is around the image: nothing, or zeros that keep its size.";

export interface WindowArgs {
  readonly kernel_size: Sizes;
  readonly strides: Sizes;
  readonly padding: Padding;
  readonly dilation_rate: Sizes;
}

export function kernelSlides(
  directions: number,
  { kernel_size, strides, dilation_rate, padding }: WindowArgs,
): readonly Slide[] {
  return slidesOf(directions, { sizes: kernel_size, strides, dilations: dilation_rate, padding });
}

/** The sizes of the kernel along the directions. */
export function kernelWindow(directions: number, kernel_size: Sizes): Shape {
  return Array.from({ length: directions }, (_, d) => along(kernel_size, d));
}

/** `outputs` at each place where a kernel lies. */
export function convolvedShape(
  name: string,
  directions: number,
  shape: Shape,
  args: WindowArgs,
  outputs: number,
): Shape | ShapeProblem {
  const { kernel_size, strides, dilation_rate } = args;
  const problem =
    shapeProblem(name, shape, directions) ??
    sizesProblem({ kernel_size, strides, dilation_rate }, directions);
  if (problem !== undefined) return problem;
  const places = placesOf(shape.slice(0, -1), kernelSlides(directions, args));
  return "problem" in places ? places : [...places, outputs];
}

interface Dimensions {
  readonly strides: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly lhsDilation: readonly number[];
  readonly rhsDilation: readonly number[];
  readonly featureGroups: number;
  /** The kernel is [spatial, output, input] and not [spatial, input, output]. */
  readonly isTransposed?: boolean;
}

/** A convolution of [batch, spatial, channels], channels last in all. */
export function channelsLast(b: Builder, x: Value, kernel: Value, dimensions: Dimensions): Value {
  const { isTransposed = false, ...rest } = dimensions;
  const directions = rest.strides.length;
  const spatial = rest.strides.map((_, d) => d);
  const inner = spatial.map((d) => d + 1);
  const [first, last] = [directions, directions + 1];
  return b.convolution(x, kernel, {
    ...rest,
    inputBatch: 0,
    inputSpatial: inner,
    inputFeature: last,
    kernelSpatial: spatial,
    kernelInputFeature: isTransposed ? last : first,
    kernelOutputFeature: isTransposed ? first : last,
    outputBatch: 0,
    outputSpatial: inner,
    outputFeature: last,
    batchGroups: 1,
  });
}

/** Windows that slide over [batch, spatial, channels]. */
export function convolve(
  b: Builder,
  x: Value,
  kernel: Value,
  slides: readonly Slide[],
  featureGroups: number,
): Value {
  const margins = slides.map((slide, d) => marginsOf(at(x.type.shape, d + 1), slide));
  return channelsLast(b, x, kernel, {
    strides: slides.map(({ stride }) => stride),
    low: margins.map(({ low }) => low),
    high: margins.map(({ high }) => high),
    lhsDilation: slides.map(() => 1),
    rhsDilation: slides.map(({ dilation }) => dilation),
    featureGroups,
  });
}
