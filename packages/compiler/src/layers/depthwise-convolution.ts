// What depthwise layers share: each channel has windows of its own, and none sees another.

import { integer, type Shape } from "@netwright/definitions";
import { type Builder, sizeOf, type Value } from "@netwright/ir";
import { convolve, kernelWindow } from "./convolution.ts";
import { constraint, initializer, regularizer } from "./variables.ts";
import type { Sizes, Slide } from "./windows.ts";

export const depthMultiplier = integer({
  doc: "Outputs of each channel, which stand side by side.",
  default: 1,
  min: 1,
});

export const depthwiseInitializer = initializer(
  "Start values of the kernel that each channel has of its own.",
  "glorot_uniform",
);
export const depthwiseRegularizer = regularizer("Penalty on that kernel.");
export const depthwiseConstraint = constraint("What that kernel is brought back to after every update.");

/** Sizes of the kernel: its window, the channels, and the outputs of each. */
export function depthwiseShape(
  directions: number,
  kernel_size: Sizes,
  input: Shape,
  depth_multiplier: number,
): Shape {
  return [...kernelWindow(directions, kernel_size), input.at(-1) ?? 1, depth_multiplier];
}

export function depthwise(b: Builder, x: Value, kernel: Value, slides: readonly Slide[]): Value {
  const { shape } = kernel.type;
  const rows = b.reshape(kernel, [...shape.slice(0, -2), 1, sizeOf(shape.slice(-2))]);
  return convolve(b, x, rows, slides, x.type.shape.at(-1) ?? 1);
}
