// separable_conv1d and separable_conv2d: windows of each channel by itself, then all channels mixed at each place.

import { choice, type Instance, integer, type Some, type ValueType } from "@netwright/definitions";
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
import { constraint, initializer, regularizer, weight } from "./variables.ts";
import { heightAndWidth, viewsOf } from "./windows.ts";

interface SeparableArgs extends WindowArgs, BiasArgs {
  readonly filters: number;
  readonly depth_multiplier: number;
  readonly activation: Instance;
  readonly depthwise_initializer: Instance;
  readonly pointwise_initializer: Instance;
  readonly depthwise_regularizer: Instance | null;
  readonly pointwise_regularizer: Instance | null;
  readonly depthwise_constraint: Instance | null;
  readonly pointwise_constraint: Instance | null;
}

function separableConvolution(name: string, directions: number) {
  return {
    output: onNumbers((shape, args: SeparableArgs) =>
      convolvedShape(name, directions, shape, args, args.filters),
    ),
    parts: (args: SeparableArgs) => ({
      ...plainParts,
      weighted: true,
      activation: args.activation,
      sees: viewsOf(kernelSlides(directions, args)),
    }),
    variables: ([{ shape }]: Some<ValueType>, args: SeparableArgs): readonly Variable[] => [
      weight(
        "depthwise_kernel",
        depthwiseShape(directions, args.kernel_size, shape, args.depth_multiplier),
        args.depthwise_initializer,
        args.depthwise_regularizer,
        args.depthwise_constraint,
      ),
      weight(
        "pointwise_kernel",
        [
          ...Array.from({ length: directions }, () => 1),
          (shape.at(-1) ?? 1) * args.depth_multiplier,
          args.filters,
        ],
        args.pointwise_initializer,
        args.pointwise_regularizer,
        args.pointwise_constraint,
      ),
      ...biasOf(args.filters, args),
    ],
    build: (context: LayerContext, [x]: Some<Value>, args: SeparableArgs) => {
      const { b, variable } = context;
      const each = depthwise(b, x, variable("depthwise_kernel"), kernelSlides(directions, args));
      // Windows of one are a product of matrices, to the bit.
      const mixing = b.reshape(variable("pointwise_kernel"), [each.type.shape.at(-1) ?? 1, args.filters]);
      return withBias(context, b.matmul(each, mixing), args);
    },
  };
}

const lastParams = {
  depth_multiplier: depthMultiplier,
  activation: kernelParams.activation,
  use_bias: kernelParams.use_bias,
  depthwise_initializer: depthwiseInitializer,
  pointwise_initializer: initializer("Start values of the kernel that mixes channels.", "glorot_uniform"),
  bias_initializer: kernelParams.bias_initializer,
  depthwise_regularizer: depthwiseRegularizer,
  pointwise_regularizer: regularizer("Penalty on the kernel that mixes channels."),
  bias_regularizer: kernelParams.bias_regularizer,
  depthwise_constraint: depthwiseConstraint,
  pointwise_constraint: constraint(
    "What the kernel that mixes channels is brought back to after every update.",
  ),
  bias_constraint: kernelParams.bias_constraint,
};

export const separableConv1d = defineLayer({
  name: "separable_conv1d",
  doc: "A convolution over a sequence in two parts: windows of each channel by itself, then sums over channels at each step. It has fewer weights than `conv1d`.",
  formula:
    "activation(sum over c and m of (sum over k of x[t * strides + k * dilation_rate, c] depthwise_kernel[k, c, m]) pointwise_kernel[c, m] + bias)",
  example: "separable_conv1d(16, 3, activation: relu)",
  source: "Keras, `SeparableConv1D`",
  params: {
    filters: integer({ doc: "Number of outputs at each step.", min: 1 }),
    kernel_size: integer({ doc: "Steps of a window.", min: 1 }),
    strides: integer({ doc: "Steps from one window to the next.", default: 1, min: 1 }),
    padding: choice({ doc: sequencePadding, values: ["valid", "same", "causal"], default: "valid" }),
    dilation_rate: integer({ doc: "Steps from one number of a window to the next.", default: 1, min: 1 }),
    ...lastParams,
  },
  ...separableConvolution("separable_conv1d", 1),
});

export const separableConv2d = defineLayer({
  name: "separable_conv2d",
  doc: "A convolution over an image in two parts: windows of each channel by itself, then sums over channels at each place. It has fewer weights than `conv2d`.",
  formula:
    "activation(sum over c and m of (sum over i and j of x[h * strides + i * dilation_rate, w * strides + j * dilation_rate, c] depthwise_kernel[i, j, c, m]) pointwise_kernel[c, m] + bias)",
  example: "separable_conv2d(16, 3, activation: relu)",
  source:
    'Keras, `SeparableConv2D`; Chollet 2017, "Xception: Deep Learning with Depthwise Separable Convolutions"',
  params: {
    filters: integer({ doc: "Number of outputs at each place.", min: 1 }),
    kernel_size: heightAndWidth({ doc: "Height and width of a window.", min: 1 }),
    strides: heightAndWidth({ doc: "Places from one window to the next.", default: 1, min: 1 }),
    padding: choice({ doc: imagePadding, values: ["valid", "same"], default: "valid" }),
    dilation_rate: heightAndWidth({
      doc: "Places from one number of a window to the next.",
      default: 1,
      min: 1,
    }),
    ...lastParams,
  },
  ...separableConvolution("separable_conv2d", 2),
});
