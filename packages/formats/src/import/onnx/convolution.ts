// Convolutions and pooling: channels go last, and with them the numbers of kernels.

import type { Args } from "@netwright/definitions";
import { type FloatTensor, reshaped, transposed } from "../../model/layouts.ts";
import { oneForAll } from "./arrange.ts";
import type { Constant } from "./constant.ts";
import { channelsLast, upTo, wrongBias } from "./kernels.ts";
import { count } from "./layout.ts";
import { floatsOf, misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { pool } from "./pooling.ts";
import { layerOf, type Term } from "./terms.ts";
import { convTranspose } from "./transposed-convolution.ts";
import { images, lengthsAfter, ready, spatialOf, windowsOf } from "./windows.ts";

const conv: NodeRule = (c) => {
  const given = c.flow();
  const weight = c.constant(1);
  const bias = c.optional(2);
  const [filters = 1, inner = 1, ...sizes] = weight.shape;
  if (bias !== null && bias.data.length !== filters) return misfit(wrongBias(bias, filters));
  const lengths = spatialOf(given);
  const channels = count(given.dims[1] ?? []);
  const groups = c.int("group", 1);
  if (inner * groups !== channels)
    return misfit(`has weights for ${inner * groups} channels, and its input has ${channels}`);
  const windows = windowsOf(c, lengths, sizes);
  const { flow, padding } = ready(c, given, windows);
  const directions = lengths.length;
  const wanted = c.wanted(weight, bias);
  // Of as many groups as channels both layers are the same; Netwright's names tell which it was.
  const isGrouped = c.file.isOwn && /(^|\/)conv[12]d/.test(wanted);
  const isEach = groups === channels && channels > 1 && filters % channels === 0 && !isGrouped;
  const weights = new Map<string, FloatTensor>([
    ["kernel", isEach ? channelsTogether(weight, channels) : channelsLast(weight)],
  ]);
  if (bias !== null) weights.set("bias", { ...floatsOf(bias), shape: [filters] });
  const args: Args = {
    ...(isEach ? {} : { filters }),
    kernel_size: oneForAll(sizes),
    ...(windows.strides.every((one) => one === 1) ? {} : { strides: oneForAll(windows.strides) }),
    ...(padding === "valid" ? {} : { padding }),
    ...(windows.dilations.every((one) => one === 1) ? {} : { dilation_rate: oneForAll(windows.dilations) }),
    ...(isEach && filters > channels ? { depth_multiplier: filters / channels } : {}),
    ...(isEach || groups === 1 ? {} : { groups }),
    ...(bias === null ? { use_bias: false } : {}),
  };
  const made = lengthsAfter(windows, lengths);
  const shape = [...made, filters];
  const mixed = isEach ? null : separable(c, flow.term, args, weights, sizes, shape, wanted);
  const name = isEach
    ? directions === 1
      ? "depthwise_conv1d"
      : "depthwise_conv2d"
    : directions === 1
      ? "conv1d"
      : "conv2d";
  return images(given, mixed ?? c.layer(name, [flow.term], shape, args, weights, wanted), made, filters);
};

/** In a file of Netwright, two convolutions of one layer. */
function separable(
  c: NodeContext,
  before: Term,
  args: Args,
  weights: ReadonlyMap<string, FloatTensor>,
  sizes: readonly number[],
  shape: readonly number[],
  wanted: string,
): Term | null {
  const apart =
    layerOf(before, "depthwise_conv1d", "depthwise_conv2d") ??
    (c.file.isOwn ? layerOf(before, "conv1d", "conv2d") : null);
  const [input] = before.inputs;
  const kernel = apart?.weights.get("kernel");
  const mixing = weights.get("kernel");
  const isPlain =
    sizes.every((size) => size === 1) && args["strides"] === undefined && args["groups"] === undefined;
  if (
    !c.file.isOwn ||
    apart === null ||
    kernel === undefined ||
    mixing === undefined ||
    input === undefined ||
    !isPlain
  )
    return null;
  if (before.wanted !== wanted || apart.weights.has("bias")) return null;
  const { filters: _, use_bias: __, ...window } = apart.args;
  const own = {
    ...window,
    filters: args["filters"] ?? 1,
    ...(weights.has("bias") ? {} : { use_bias: false }),
  };
  const bias = weights.get("bias");
  const all = new Map([
    ["depthwise_kernel", kernel],
    ["pointwise_kernel", mixing],
    ...(bias === undefined ? [] : [["bias", bias] as const]),
  ]);
  return c.layer(
    shape.length === 2 ? "separable_conv1d" : "separable_conv2d",
    [input],
    shape,
    own,
    all,
    wanted,
  );
}

/** [channels x each, 1, ...window] as [...window, channels, each]. */
function channelsTogether(weight: Constant, channels: number): FloatTensor {
  const [filters = 1, , ...window] = weight.shape;
  const apart = reshaped(floatsOf(weight), [channels, filters / channels, ...window]);
  return transposed(apart, [...upTo(window.length).map((d) => d + 2), 0, 1]);
}

export const convolutionRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Conv", conv],
  ["ConvTranspose", convTranspose],
  ["MaxPool", pool("max")],
  ["AveragePool", pool("average")],
]);
