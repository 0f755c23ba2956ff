// Convolutions and pooling. ONNX has channels before places, and the numbers of a kernel in that order.

import { numberIn, weightIn } from "../../model/layers.ts";
import { channelsApart, channelsFirst, type FloatTensor } from "../../model/layouts.ts";
import { sizesIn } from "../arguments.ts";
import type { Attributes, Name } from "../graph-builder.ts";
import { type LayerContext, type LayerRule, placed, withActivation } from "./rule.ts";

const placesOf = (directions: number) => Array.from({ length: directions }, (_, d) => d);

/** Where windows lie. Of an odd number of zeros the larger part is behind, as SAME_UPPER has it. */
function windows(
  { args, shape, output }: LayerContext,
  directions: number,
  sizes: readonly number[],
  strides: readonly number[],
): Attributes {
  const dilations =
    "dilation_rate" in args ? sizesIn(args, "dilation_rate", directions) : placesOf(directions).map(() => 1);
  const common = { kernel_shape: sizes, strides, ...("dilation_rate" in args ? { dilations } : {}) };
  if (args["padding"] === "same") {
    if (dilations.every((dilation) => dilation === 1)) return { ...common, auto_pad: "SAME_UPPER" };
    // ONNX Runtime pads dilated windows by stated numbers alone.
    const missing = sizes.map((size, d) => {
      const reach = (size - 1) * (dilations[d] ?? 1) + 1;
      return Math.max(0, ((output[d] ?? 1) - 1) * (strides[d] ?? 1) + reach - (shape[d] ?? 1));
    });
    return {
      ...common,
      pads: [
        ...missing.map((zeros) => Math.floor(zeros / 2)),
        ...missing.map((zeros) => Math.ceil(zeros / 2)),
      ],
    };
  }
  if (args["padding"] === "causal") {
    const before = sizes.map((size, d) => (size - 1) * (dilations[d] ?? 1));
    return { ...common, pads: [...before, ...before.map(() => 0)] };
  }
  return { ...common, pads: placesOf(2 * directions).map(() => 0) };
}

function convolved(
  context: LayerContext,
  directions: number,
  kernel: FloatTensor,
  groups: number,
  kernelName: string,
): Name {
  const { g, x, args, weight } = context;
  const bias = weight("bias");
  const isLast = kernelName !== "depthwise_kernel";
  const inputs = [
    g.channelsFirst(x, directions + 2),
    placed(context, kernelName, kernel),
    ...(bias === null || !isLast ? [] : [placed(context, "bias", bias)]),
  ];
  const sizes = sizesIn(args, "kernel_size", directions);
  const where = windows(context, directions, sizes, sizesIn(args, "strides", directions));
  return g.op("Conv", inputs, { ...where, group: groups });
}

/** Behind the sums, which still have channels first: a softmax is over channels, which have to be last. */
function finished(context: LayerContext, sums: Name, directions: number): Name {
  const { g } = context;
  return withActivation(context, "activation", g.channelsLast(sums, directions + 2));
}

export const convolution =
  (directions: number): LayerRule =>
  (context) => {
    const kernel = channelsFirst(weightIn(context, "kernel"));
    const sums = convolved(context, directions, kernel, numberIn(context.args, "groups"), "kernel");
    return finished(context, sums, directions);
  };

export const depthwise =
  (directions: number): LayerRule =>
  (context) => {
    const kernel = channelsApart(weightIn(context, "kernel"));
    return finished(
      context,
      convolved(context, directions, kernel, context.shape.at(-1) ?? 1, "kernel"),
      directions,
    );
  };

/** A convolution of each channel by itself, then one of the channels of each place. */
export const separable =
  (directions: number): LayerRule =>
  (context) => {
    const { g, shape, weight } = context;
    const each = channelsApart(weightIn(context, "depthwise_kernel"));
    const apart = convolved(context, directions, each, shape.at(-1) ?? 1, "depthwise_kernel");
    const mixing = channelsFirst(weightIn(context, "pointwise_kernel"));
    const bias = weight("bias");
    const inputs = [
      apart,
      placed(context, "pointwise_kernel", mixing),
      ...(bias === null ? [] : [placed(context, "bias", bias)]),
    ];
    return finished(
      context,
      g.op("Conv", inputs, { kernel_shape: placesOf(directions).map(() => 1) }),
      directions,
    );
  };

/** How much is cut follows from the sizes of the output. */
export const convolutionTransposed =
  (directions: number): LayerRule =>
  (context) => {
    const { g, x, args, shape, output, weight } = context;
    const kernel = channelsFirst(weightIn(context, "kernel"));
    const sizes = sizesIn(args, "kernel_size", directions);
    const strides = sizesIn(args, "strides", directions);
    const dilations = sizesIn(args, "dilation_rate", directions);
    const margins = placesOf(directions).map((d) => {
      const reach = ((sizes[d] ?? 1) - 1) * (dilations[d] ?? 1);
      const all = (output[d] ?? 1) - ((shape[d] ?? 1) - 1) * (strides[d] ?? 1) - 1 + reach;
      const low = args["padding"] === "same" ? Math.min(Math.ceil(all / 2), reach) : reach;
      const high = all - low;
      return { before: reach - low, after: Math.max(0, reach - high), more: Math.max(0, high - reach) };
    });
    const bias = weight("bias");
    const inputs = [
      g.channelsFirst(x, directions + 2),
      placed(context, "kernel", kernel),
      ...(bias === null ? [] : [placed(context, "bias", bias)]),
    ];
    const sums = g.op("ConvTranspose", inputs, {
      kernel_shape: sizes,
      strides,
      dilations,
      pads: [...margins.map(({ before }) => before), ...margins.map(({ after }) => after)],
      output_padding: margins.map(({ more }) => more),
    });
    return finished(context, sums, directions);
  };

export const pooling =
  (op: "MaxPool" | "AveragePool", directions: number): LayerRule =>
  (context) => {
    const { g, x, args } = context;
    const sizes = sizesIn(args, "pool_size", directions);
    const strides = args["strides"] === null ? sizes : sizesIn(args, "strides", directions);
    const where = windows(context, directions, sizes, strides);
    const counted = op === "AveragePool" ? { count_include_pad: 0 } : {};
    const pooled = g.op(op, [g.channelsFirst(x, directions + 2)], { ...where, ...counted });
    return g.channelsLast(pooled, directions + 2);
  };

export const globalPooling =
  (op: "ReduceMax" | "ReduceMean", directions: number): LayerRule =>
  ({ g, x, args }) =>
    g.op(op, [x, g.ints(placesOf(directions).map((d) => d + 1))], {
      keepdims: args["keepdims"] === true ? 1 : 0,
    });
