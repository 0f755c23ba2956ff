// What conv1d and conv2d are over one and two directions: shape, variables and operations.

import { count, type Instance, type LayerParts, type Some, type ValueType } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { convolve, convolvedShape, kernelSlides, kernelWindow, type WindowArgs } from "./convolution.ts";
import { type BiasArgs, biasOf, withBias } from "./kernel-and-bias.ts";
import { type LayerContext, onNumbers, plainParts, type Variable } from "./layer.ts";
import { weight } from "./variables.ts";
import { viewsOf } from "./windows.ts";

interface ConvolutionArgs extends WindowArgs, BiasArgs {
  readonly filters: number;
  readonly groups: number;
  readonly activation: Instance;
  readonly kernel_initializer: Instance;
  readonly kernel_regularizer: Instance | null;
  readonly kernel_constraint: Instance | null;
}

export function plainConvolution(name: string, directions: number) {
  return {
    output: onNumbers((shape, args: ConvolutionArgs) => {
      const { filters, groups } = args;
      const output = convolvedShape(name, directions, shape, args, filters);
      const channels = shape.at(-1) ?? 1;
      return "problem" in output || (channels % groups === 0 && filters % groups === 0)
        ? output
        : {
            problem: `${count(groups, "group")} do not divide ${count(channels, "channel")} and ${count(filters, "filter")}`,
            note: "State a number that divides both; `depthwise_conv2d` has windows of each channel by itself.",
          };
    }),
    parts: (args: ConvolutionArgs): LayerParts => ({
      ...plainParts,
      weighted: true,
      ...(args.groups > 1 ? { separate: true } : {}),
      activation: args.activation,
      sees: viewsOf(kernelSlides(directions, args)),
    }),
    variables: ([{ shape }]: Some<ValueType>, args: ConvolutionArgs): readonly Variable[] => [
      weight(
        "kernel",
        [...kernelWindow(directions, args.kernel_size), (shape.at(-1) ?? 1) / args.groups, args.filters],
        args.kernel_initializer,
        args.kernel_regularizer,
        args.kernel_constraint,
      ),
      ...biasOf(args.filters, args),
    ],
    build: (context: LayerContext, [x]: Some<Value>, args: ConvolutionArgs) => {
      const slides = kernelSlides(directions, args);
      return withBias(context, convolve(context.b, x, context.variable("kernel"), slides, args.groups), args);
    },
  };
}
