// What conv1d and conv2d are over one and two directions: shape, variables and operations.

import type { Instance, Some, ValueType } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { convolve, withBias } from "./convolution.ts";
import { type LayerContext, onNumbers, plainParts, type Variable } from "./layer.ts";
import { weight } from "./variables.ts";
import {
  along,
  type Padding,
  placesOf,
  type Sizes,
  shapeProblem,
  sizesProblem,
  slidesOf,
} from "./windows.ts";

interface ConvolutionArgs {
  readonly filters: number;
  readonly kernel_size: Sizes;
  readonly strides: Sizes;
  readonly padding: Padding;
  readonly dilation_rate: Sizes;
  readonly groups: number;
  readonly activation: Instance;
  readonly use_bias: boolean;
  readonly kernel_initializer: Instance;
  readonly bias_initializer: Instance;
  readonly kernel_regularizer: Instance | null;
  readonly bias_regularizer: Instance | null;
  readonly kernel_constraint: Instance | null;
  readonly bias_constraint: Instance | null;
}

export function plainConvolution(name: string, directions: number) {
  const slides = ({ kernel_size, strides, dilation_rate, padding }: ConvolutionArgs) =>
    slidesOf(directions, { sizes: kernel_size, strides, dilations: dilation_rate, padding });
  return {
    output: onNumbers((shape, args: ConvolutionArgs) => {
      const { filters, kernel_size, strides, dilation_rate, groups } = args;
      const problem =
        shapeProblem(name, shape, directions) ??
        sizesProblem({ kernel_size, strides, dilation_rate }, directions);
      if (problem !== undefined) return problem;
      const channels = shape.at(-1) ?? 1;
      if (channels % groups !== 0 || filters % groups !== 0) {
        return { problem: `${groups} groups do not divide ${channels} channels and ${filters} filters` };
      }
      const places = placesOf(shape.slice(0, -1), slides(args));
      return "problem" in places ? places : [...places, filters];
    }),
    parts: ({ activation }: ConvolutionArgs) => ({ ...plainParts, weighted: true, activation }),
    variables: ([{ shape }]: Some<ValueType>, args: ConvolutionArgs): readonly Variable[] => [
      weight(
        "kernel",
        [
          ...Array.from({ length: directions }, (_, d) => along(args.kernel_size, d)),
          (shape.at(-1) ?? 1) / args.groups,
          args.filters,
        ],
        args.kernel_initializer,
        args.kernel_regularizer,
        args.kernel_constraint,
      ),
      ...(args.use_bias
        ? [weight("bias", [args.filters], args.bias_initializer, args.bias_regularizer, args.bias_constraint)]
        : []),
    ],
    build: (context: LayerContext, [x]: Some<Value>, args: ConvolutionArgs) =>
      withBias(context, convolve(context.b, x, context.variable("kernel"), slides(args), args.groups), args),
  };
}
