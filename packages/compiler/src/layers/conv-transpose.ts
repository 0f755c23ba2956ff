// conv_transpose1d and conv_transpose2d: the way back of a convolution, which makes a longer sequence or a larger image.
// It is a convolution of the input with zeros between its numbers, and the kernel turned around.

import {
  at,
  choice,
  type Instance,
  integer,
  optional,
  type Shape,
  type ShapeProblem,
  type Some,
  type ValueType,
} from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { channelsLast, kernelSlides, kernelWindow, type WindowArgs } from "./convolution.ts";
import { type BiasArgs, biasOf, kernelParams, withBias } from "./kernel-and-bias.ts";
import { defineLayer, type LayerContext, onNumbers, plainParts, type Variable } from "./layer.ts";
import { weight } from "./variables.ts";
import {
  along,
  heightAndWidth,
  type Margins,
  reach,
  type Sizes,
  type Slide,
  shapeProblem,
  sizesProblem,
} from "./windows.ts";

interface TransposeArgs extends WindowArgs, BiasArgs {
  readonly filters: number;
  readonly output_padding: Sizes | null;
  readonly activation: Instance;
  readonly kernel_initializer: Instance;
  readonly kernel_regularizer: Instance | null;
  readonly kernel_constraint: Instance | null;
}

/** Zeros before and after the numbers that stand `stride` apart, as Keras counts them. */
function marginsBack(slide: Slide, extra: number | null): Margins {
  const { stride, padding } = slide;
  const size = reach(slide);
  if (padding === "valid") {
    return { low: size - 1, high: size - 1 + (extra ?? Math.max(size, stride) - size) };
  }
  const all = extra === null ? stride + size - 2 : size + (size % 2) - 2 + extra;
  const low = Math.min(Math.ceil(all / 2), size - 1);
  return { low, high: all - low };
}

function marginsOfAll(slides: readonly Slide[], output_padding: Sizes | null): readonly Margins[] {
  return slides.map((slide, d) =>
    marginsBack(slide, output_padding === null ? null : along(output_padding, d)),
  );
}

function transposedShape(
  name: string,
  directions: number,
  shape: Shape,
  args: TransposeArgs,
): Shape | ShapeProblem {
  const { filters, kernel_size, strides, dilation_rate, output_padding } = args;
  const problem =
    shapeProblem(name, shape, directions) ??
    sizesProblem({ kernel_size, strides, dilation_rate, output_padding }, directions);
  if (problem !== undefined) return problem;
  const slides = kernelSlides(directions, args);
  const tooFar = slides.find(({ stride }, d) => along(output_padding ?? 0, d) >= stride);
  if (output_padding !== null && tooFar !== undefined) {
    return {
      problem: `an \`output_padding\` of ${JSON.stringify(output_padding)} is not below \`strides\`, ${JSON.stringify(strides)}`,
      note: "It is what a stride leaves open; without it the output is `strides` times as long as the input, at least.",
    };
  }
  const lengths = marginsOfAll(slides, output_padding).map(
    ({ low, high }, d) =>
      low + (at(shape, d) - 1) * at(slides, d).stride + 1 + high - (reach(at(slides, d)) - 1),
  );
  return lengths.every((length) => length > 0)
    ? [...lengths, filters]
    : {
        problem: `nothing is left of ${shape.slice(0, -1).join(" x ")} places`,
        note: "Take a larger window, or `padding: valid`.",
      };
}

function transposedConvolution(name: string, directions: number) {
  return {
    output: onNumbers((shape, args: TransposeArgs) => transposedShape(name, directions, shape, args)),
    parts: (args: TransposeArgs) => ({
      ...plainParts,
      weighted: true,
      activation: args.activation,
      // Of the numbers that a window meets, most are the zeros between.
      sees: kernelSlides(directions, args).map((slide) => ({
        reach: Math.ceil(reach(slide) / slide.stride),
        step: 1 / slide.stride,
        spread: reach(slide),
      })),
    }),
    variables: ([{ shape }]: Some<ValueType>, args: TransposeArgs): readonly Variable[] => [
      weight(
        "kernel",
        [...kernelWindow(directions, args.kernel_size), args.filters, shape.at(-1) ?? 1],
        args.kernel_initializer,
        args.kernel_regularizer,
        args.kernel_constraint,
      ),
      ...biasOf(args.filters, args),
    ],
    build: (context: LayerContext, [x]: Some<Value>, args: TransposeArgs) => {
      const { b, variable } = context;
      const slides = kernelSlides(directions, args);
      const margins = marginsOfAll(slides, args.output_padding);
      const turned = b.reverse(
        variable("kernel"),
        slides.map((_, d) => d),
      );
      const sums = channelsLast(b, x, turned, {
        strides: slides.map(() => 1),
        low: margins.map(({ low }) => low),
        high: margins.map(({ high }) => high),
        lhsDilation: slides.map(({ stride }) => stride),
        rhsDilation: slides.map(({ dilation }) => dilation),
        featureGroups: 1,
        isTransposed: true,
      });
      return withBias(context, sums, args);
    },
  };
}

const padding = choice({
  doc: "Whether all that the kernel reaches is kept, with nothing cut, or as much as makes the output `strides` times the input.",
  values: ["valid", "same"],
  default: "valid",
});

const OUTPUT_PADDING =
  "How much longer the output is than the shortest that gives this input by a convolution; less than `strides`.";

export const convTranspose1d = defineLayer({
  name: "conv_transpose1d",
  doc: "The way back of a convolution over a sequence: every number of the input adds its weights to a window of a longer output.",
  formula:
    "activation(sum over c and all t and k with s = t * strides + k * dilation_rate - cut of x[t, c] kernel[k, f, c] + bias)",
  example: "conv_transpose1d(16, 3, strides: 2)",
  source: "Keras, `Conv1DTranspose`",
  params: {
    filters: integer({ doc: "Number of outputs at each step.", min: 1 }),
    kernel_size: integer({ doc: "Steps of a window.", min: 1 }),
    strides: integer({ doc: "Steps of the output from one window to the next.", default: 1, min: 1 }),
    padding,
    output_padding: optional(integer({ doc: OUTPUT_PADDING, min: 0 })),
    dilation_rate: integer({ doc: "Steps from one number of a window to the next.", default: 1, min: 1 }),
    ...kernelParams,
  },
  ...transposedConvolution("conv_transpose1d", 1),
});

export const convTranspose2d = defineLayer({
  name: "conv_transpose2d",
  doc: "The way back of a convolution over an image: every number of the input adds its weights to a window of a larger output.",
  formula:
    "activation(sum over c and all h, w, i and j with r = h * strides + i * dilation_rate - cut and s = w * strides + j * dilation_rate - cut of x[h, w, c] kernel[i, j, f, c] + bias)",
  example: "conv_transpose2d(4, 3, strides: 2)",
  source: "Keras, `Conv2DTranspose`",
  params: {
    filters: integer({ doc: "Number of outputs at each place.", min: 1 }),
    kernel_size: heightAndWidth({ doc: "Height and width of a window.", min: 1 }),
    strides: heightAndWidth({ doc: "Places of the output from one window to the next.", default: 1, min: 1 }),
    padding,
    output_padding: optional(heightAndWidth({ doc: OUTPUT_PADDING, min: 0 })),
    dilation_rate: heightAndWidth({
      doc: "Places from one number of a window to the next.",
      default: 1,
      min: 1,
    }),
    ...kernelParams,
  },
  ...transposedConvolution("conv_transpose2d", 2),
});
