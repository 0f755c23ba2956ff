// What layers of convolution share: their last parameters, the operation over any number of directions, and what comes
// after it.

import { at, flag, type Instance, instance } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { LayerContext } from "./layer.ts";
import { constraint, initializer, regularizer } from "./variables.ts";
import { marginsOf, type Slide } from "./windows.ts";

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
