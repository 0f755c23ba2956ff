// What layers of convolution share: their last parameters, the operation over any number of directions, and what comes
// after it.

import { at, flag, type Instance, instance, type Shape, type ShapeProblem } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { LayerContext, Variable } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";
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

/** Of layers with one kernel. */
export const kernelParams = {
  activation: instance({ family: "activation", doc: "Applied to each output.", default: "linear" }),
  use_bias: flag({ doc: "Whether a bias is added.", default: true }),
  kernel_initializer: initializer("Start values of the kernel.", "glorot_uniform"),
  bias_initializer: initializer("Start values of the bias.", "zeros"),
  kernel_regularizer: regularizer("Penalty on the kernel."),
  bias_regularizer: regularizer("Penalty on the bias."),
  kernel_constraint: constraint("What the kernel is brought back to after every update."),
  bias_constraint: constraint("What the bias is brought back to after every update."),
};

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

export interface BiasArgs {
  readonly use_bias: boolean;
  readonly bias_initializer: Instance;
  readonly bias_regularizer: Instance | null;
  readonly bias_constraint: Instance | null;
}

/** The bias of so many outputs, where there is one. */
export function biasOf(outputs: number, args: BiasArgs): readonly Variable[] {
  if (!args.use_bias) return [];
  return [weight("bias", [outputs], args.bias_initializer, args.bias_regularizer, args.bias_constraint)];
}

/** The bias, where there is one, and the activation. */
export function withBias(
  { b, variable, activate }: Pick<LayerContext, "b" | "variable" | "activate">,
  sums: Value,
  { use_bias, activation }: { readonly use_bias: boolean; readonly activation: Instance },
): Value {
  const { shape } = sums.type;
  const linear = use_bias ? b.add(sums, b.broadcastInDim(variable("bias"), shape, [shape.length - 1])) : sums;
  return activate(activation, linear);
}
