// depthwise_conv1d and depthwise_conv2d: windows of each channel by itself.

import {
  choice,
  type Instance,
  integer,
  type LayerParts,
  type Some,
  type ValueType,
} from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import {
  convolvedShape,
  imagePadding,
  kernelSlides,
  sequencePadding,
  type WindowArgs,
} from "./convolution.ts";
import {
  depthMultiplier,
  depthwise,
  depthwiseConstraint,
  depthwiseInitializer,
  depthwiseRegularizer,
  depthwiseShape,
} from "./depthwise-convolution.ts";
import { type BiasArgs, biasOf, kernelParams, withBias } from "./kernel-and-bias.ts";
import { defineLayer, type LayerContext, onNumbers, plainParts, type Variable } from "./layer.ts";
import { weight } from "./variables.ts";
import { heightAndWidth, viewsOf } from "./windows.ts";

interface DepthwiseArgs extends WindowArgs, BiasArgs {
  readonly depth_multiplier: number;
  readonly activation: Instance;
  readonly depthwise_initializer: Instance;
  readonly depthwise_regularizer: Instance | null;
  readonly depthwise_constraint: Instance | null;
}

function depthwiseConvolution(name: string, directions: number) {
  return {
    output: onNumbers((shape, args: DepthwiseArgs) =>
      convolvedShape(name, directions, shape, args, (shape.at(-1) ?? 1) * args.depth_multiplier),
    ),
    parts: (args: DepthwiseArgs): LayerParts => ({
      ...plainParts,
      weighted: true,
      separate: true,
      activation: args.activation,
      sees: viewsOf(kernelSlides(directions, args)),
    }),
    variables: ([{ shape }]: Some<ValueType>, args: DepthwiseArgs): readonly Variable[] => [
      weight(
        "kernel",
        depthwiseShape(directions, args.kernel_size, shape, args.depth_multiplier),
        args.depthwise_initializer,
        args.depthwise_regularizer,
        args.depthwise_constraint,
      ),
      ...biasOf((shape.at(-1) ?? 1) * args.depth_multiplier, args),
    ],
    build: (context: LayerContext, [x]: Some<Value>, args: DepthwiseArgs) => {
      const slides = kernelSlides(directions, args);
      return withBias(context, depthwise(context.b, x, context.variable("kernel"), slides), args);
    },
  };
}

const lastParams = {
  activation: kernelParams.activation,
  use_bias: kernelParams.use_bias,
  depthwise_initializer: depthwiseInitializer,
  bias_initializer: kernelParams.bias_initializer,
  depthwise_regularizer: depthwiseRegularizer,
  bias_regularizer: kernelParams.bias_regularizer,
  depthwise_constraint: depthwiseConstraint,
  bias_constraint: kernelParams.bias_constraint,
};

export const depthwiseConv1d = defineLayer({
  name: "depthwise_conv1d",
  doc: "Slides windows over each channel of a sequence by itself: a filter of its own, or several, for each.",
  formula:
    "activation(sum over k of x[t * strides + k * dilation_rate, c] kernel[k, c, m] + bias), at c * depth_multiplier + m",
  example: "depthwise_conv1d(3, depth_multiplier: 2)",
  source: "Keras, `DepthwiseConv1D`",
  params: {
    kernel_size: integer({ doc: "Steps of a window.", min: 1 }),
    strides: integer({ doc: "Steps from one window to the next.", default: 1, min: 1 }),
    padding: choice({ doc: sequencePadding, values: ["valid", "same", "causal"], default: "valid" }),
    depth_multiplier: depthMultiplier,
    dilation_rate: integer({ doc: "Steps from one number of a window to the next.", default: 1, min: 1 }),
    ...lastParams,
  },
  ...depthwiseConvolution("depthwise_conv1d", 1),
});

export const depthwiseConv2d = defineLayer({
  name: "depthwise_conv2d",
  doc: "Slides windows over each channel of an image by itself: a filter of its own, or several, for each.",
  formula:
    "activation(sum over i and j of x[h * strides + i * dilation_rate, w * strides + j * dilation_rate, c] kernel[i, j, c, m] + bias), at c * depth_multiplier + m",
  example: "depthwise_conv2d(3, depth_multiplier: 2)",
  source: "Keras, `DepthwiseConv2D`",
  params: {
    kernel_size: heightAndWidth({ doc: "Height and width of a window.", min: 1 }),
    strides: heightAndWidth({ doc: "Places from one window to the next.", default: 1, min: 1 }),
    padding: choice({ doc: imagePadding, values: ["valid", "same"], default: "valid" }),
    depth_multiplier: depthMultiplier,
    dilation_rate: heightAndWidth({
      doc: "Places from one number of a window to the next.",
      default: 1,
      min: 1,
    }),
    ...lastParams,
  },
  ...depthwiseConvolution("depthwise_conv2d", 2),
});
