// Convolutions and pooling: channels go last, and with them the numbers of kernels.

import type { Args } from "@netwright/definitions";
import { ACTIVATION_NAMES } from "../../model/layer-names.ts";
import { type FloatTensor, reshaped, transposed } from "../../model/layouts.ts";
import { oneForAll, placed } from "./arrange.ts";
import type { Constant } from "./constant.ts";
import { count, type Size, sizeBy } from "./layout.ts";
import { floatsOf, misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { padded } from "./shapes.ts";
import { type Flow, layerOf, type Term } from "./terms.ts";

interface Windows {
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Of a layer that says so, `same` also where it comes to no zeros. */
  readonly padding: "valid" | "same" | "causal" | null;
  /** Before and after, in each direction. */
  readonly edges: readonly (readonly [number, number])[];
}

function windowsOf(c: NodeContext, lengths: readonly number[], sizes: readonly number[]): Windows {
  const directions = lengths.length;
  if (directions < 1 || directions > 2)
    return misfit(`slides over ${directions} directions, and layers of Netwright over one or two`);
  if (sizes.length !== directions || sizes.some((size) => !(size >= 1)))
    return misfit("has windows of other directions than its input");
  const each = (name: string) => c.ints(name) ?? sizes.map(() => 1);
  const [strides, dilations] = [each("strides"), each("dilations")];
  const reach = sizes.map((size, d) => (size - 1) * (dilations[d] ?? 1) + 1);
  const same = lengths.map((length, d): readonly [number, number] => {
    const stride = strides[d] ?? 1;
    const missing = Math.max(0, (Math.ceil(length / stride) - 1) * stride + (reach[d] ?? 1) - length);
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  });
  const auto = c.text("auto_pad", "NOTSET");
  const pads = c.ints("pads") ?? [];
  const stated = lengths.map((_, d): readonly [number, number] => [pads[d] ?? 0, pads[d + directions] ?? 0]);
  const edges =
    auto === "SAME_UPPER"
      ? same
      : auto === "SAME_LOWER"
        ? same.map(([low, high]) => [high, low] as const)
        : auto === "VALID"
          ? lengths.map(() => [0, 0] as const)
          : stated;
  const is = (others: readonly (readonly [number, number])[]) => edges.join() === others.join();
  const causal = reach.map((one) => [one - 1, 0] as const);
  const padding =
    auto === "SAME_UPPER"
      ? "same"
      : is(lengths.map(() => [0, 0] as const))
        ? "valid"
        : is(same)
          ? "same"
          : directions === 1 && is(causal)
            ? "causal"
            : null;
  return { sizes, strides, dilations, padding, edges };
}

function lengthsAfter(
  { sizes, strides, dilations, edges }: Windows,
  lengths: readonly number[],
): readonly number[] {
  return lengths.map((length, d) => {
    const [low, high] = edges[d] ?? [0, 0];
    const reach = ((sizes[d] ?? 1) - 1) * (dilations[d] ?? 1) + 1;
    const made = Math.floor((length + low + high - reach) / (strides[d] ?? 1)) + 1;
    return made > 0 ? made : misfit(`has windows of ${reach}, which do not fit into ${length}`);
  });
}

/** [rows, places, channels] of a term that gives places and channels. */
function images(given: Flow, term: Term, lengths: readonly number[], channels: number): Flow {
  const places = lengths.map(sizeBy);
  const own: Size = sizeBy(channels);
  return { kind: "flow", term, axes: [...places, own], dims: [given.dims[0] ?? [], own, ...places] };
}

const spatialOf = (flow: Flow) => flow.dims.slice(2).map(count);

/** Zeros that no `padding` of a layer puts there are a layer in front. */
function ready(
  c: NodeContext,
  given: Flow,
  windows: Windows,
): { readonly flow: Flow; readonly padding: "valid" | "same" | "causal" } {
  const isAround = windows.padding === null;
  const around = isAround ? padded(c, given, [[0, 0], [0, 0], ...windows.edges]) : given;
  const places = around.dims.slice(2).map((_, d) => d + 2);
  return { flow: placed(c, around, [...places, 1]), padding: windows.padding ?? "valid" };
}

const conv: NodeRule = (c) => {
  const given = c.flow();
  const weight = c.constant(1);
  const bias = c.optional(2);
  const [filters = 1, inner = 1, ...sizes] = weight.shape;
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

/** [out, in, ...window] as [...window, in, out]. */
function channelsLast(weight: Constant): FloatTensor {
  const directions = weight.shape.length - 2;
  return transposed(floatsOf(weight), [...upTo(directions).map((d) => d + 2), 1, 0]);
}

/** [channels x each, 1, ...window] as [...window, channels, each]. */
function channelsTogether(weight: Constant, channels: number): FloatTensor {
  const [filters = 1, , ...window] = weight.shape;
  const apart = reshaped(floatsOf(weight), [channels, filters / channels, ...window]);
  return transposed(apart, [...upTo(window.length).map((d) => d + 2), 0, 1]);
}

function upTo(length: number): readonly number[] {
  return Array.from({ length }, (_, d) => d);
}

const convTranspose: NodeRule = (c) => {
  const given = c.flow();
  const weight = c.constant(1);
  const bias = c.optional(2);
  const [channels = 1, filters = 1, ...sizes] = weight.shape;
  const lengths = spatialOf(given);
  if (c.int("group", 1) !== 1) return misfit("has groups, which `conv_transpose` has not");
  if (channels !== count(given.dims[1] ?? []))
    return misfit(`has weights for ${channels} channels, and its input has ${count(given.dims[1] ?? [])}`);
  const windows = windowsOf(c, lengths, sizes);
  const { strides, dilations } = windows;
  const output = c.ints("output_shape")?.slice(-lengths.length) ?? null;
  const more = c.ints("output_padding") ?? sizes.map(() => 0);
  const auto = c.text("auto_pad", "NOTSET");
  const reach = sizes.map((size, d) => (size - 1) * (dilations[d] ?? 1) + 1);
  const full = lengths.map((length, d) => (length - 1) * (strides[d] ?? 1) + (reach[d] ?? 1));
  const pads = c.ints("pads") ?? [];
  const wantedLengths =
    output ??
    (auto === "SAME_UPPER" || auto === "SAME_LOWER"
      ? lengths.map((length, d) => length * (strides[d] ?? 1))
      : null);
  const edges = lengths.map((_, d): readonly [number, number] => {
    const extra = more[d] ?? 0;
    if (wantedLengths === null) return [pads[d] ?? 0, (pads[d + lengths.length] ?? 0) - extra];
    const cut = (full[d] ?? 0) - (wantedLengths[d] ?? 0);
    const low = auto === "SAME_LOWER" ? Math.ceil(cut / 2) : Math.floor(cut / 2);
    return [low, cut - low];
  });
  const made = lengths.map((_, d) => (full[d] ?? 0) - (edges[d]?.[0] ?? 0) - (edges[d]?.[1] ?? 0));
  const padding = backMargins(windows, reach, edges);
  if (padding === null) return misfit("cuts off at its edges as no `padding` of `conv_transpose` does");
  const flow = placed(c, given, [...lengths.map((_, d) => d + 2), 1]);
  const weights = new Map<string, FloatTensor>([["kernel", channelsLast(weight)]]);
  if (bias !== null) weights.set("bias", { ...floatsOf(bias), shape: [filters] });
  const args: Args = {
    filters,
    kernel_size: oneForAll(sizes),
    ...(strides.every((one) => one === 1) ? {} : { strides: oneForAll(strides) }),
    ...(padding.padding === "valid" ? {} : { padding: padding.padding }),
    ...(padding.output === null ? {} : { output_padding: oneForAll(padding.output) }),
    ...(dilations.every((one) => one === 1) ? {} : { dilation_rate: oneForAll(dilations) }),
    ...(bias === null ? { use_bias: false } : {}),
  };
  const name = lengths.length === 1 ? "conv_transpose1d" : "conv_transpose2d";
  return images(
    given,
    c.layer(name, [flow.term], [...made, filters], args, weights, c.wanted(weight, bias)),
    made,
    filters,
  );
};

/**
 * The arguments with which the same is cut off: what Netwright leaves at the low edge, and how long its output is, follow from
 * `padding` and `output_padding` (`conv-transpose.ts` of the compiler, after Keras).
 */
function backMargins(
  { strides }: Windows,
  reach: readonly number[],
  edges: readonly (readonly [number, number])[],
): { readonly padding: "valid" | "same"; readonly output: readonly number[] | null } | null {
  const margins = (padding: "valid" | "same", d: number, extra: number | null): readonly [number, number] => {
    const [size, stride] = [reach[d] ?? 1, strides[d] ?? 1];
    if (padding === "valid") return [size - 1, size - 1 + (extra ?? Math.max(size, stride) - size)];
    const all = extra === null ? stride + size - 2 : size + (size % 2) - 2 + extra;
    const low = Math.min(Math.ceil(all / 2), size - 1);
    return [low, all - low];
  };
  const fits = (padding: "valid" | "same", extras: readonly (number | null)[]) =>
    edges.every(([low, high], d) => {
      const [before, after] = margins(padding, d, extras[d] ?? null);
      const size = reach[d] ?? 1;
      return size - 1 - before === low && size - 1 - after === high;
    });
  for (const padding of ["valid", "same"] as const)
    if (
      fits(
        padding,
        edges.map(() => null),
      )
    )
      return { padding, output: null };
  const choices = Math.max(...strides);
  for (const padding of ["valid", "same"] as const) {
    const extras = edges.map((_, d) => {
      for (let extra = 0; extra < Math.min(choices, strides[d] ?? 1); extra++) {
        const [before, after] = margins(padding, d, extra);
        const [low, high] = edges[d] ?? [0, 0];
        const size = reach[d] ?? 1;
        if (size - 1 - before === low && size - 1 - after === high) return extra;
      }
      return null;
    });
    const known = extras.filter((extra) => extra !== null);
    if (known.length === extras.length) return { padding, output: known };
  }
  return null;
}

/** Activations that give nothing below 0, so that zeros around change no greatest number. */
const NOT_BELOW: ReadonlySet<string> = new Set([
  "relu",
  "relu6",
  "sigmoid",
  "softplus",
  "exponential",
  "hard_sigmoid",
  "softmax",
]);

const pool =
  (kind: "max" | "average"): NodeRule =>
  (c) => {
    const given = c.flow();
    const lengths = spatialOf(given);
    const sizes = c.ints("kernel_shape") ?? misfit("has no windows");
    if ((c.ints("dilations") ?? []).some((one) => one !== 1))
      return misfit("takes windows with gaps, which pooling has not");
    if (c.isTaken(1)) return misfit("also gives where the greatest numbers were");
    const stated = windowsOf(c, lengths, sizes);
    const windows = c.int("ceil_mode", 0) === 1 ? ceiled(stated, lengths) : stated;
    const counts = c.int("count_include_pad", 0) === 1;
    if (
      windows.padding === null ||
      windows.padding === "causal" ||
      (counts && windows.padding === "same" && windows.edges.flat().some((one) => one > 0))
    ) {
      const isSafe = kind === "average" ? counts : isNeverBelow(given.term);
      if (!isSafe || (kind === "average" && windows !== stated))
        return misfit(
          kind === "max"
            ? "has windows beyond the edges of its input as no `padding` of Netwright has them, and its input may be below 0, so that zeros around it would count"
            : "has windows beyond the edges of its input as no `padding` of Netwright has them",
        );
      return pooled(c, given, kind, { ...windows, padding: null });
    }
    return pooled(c, given, kind, windows);
  };

function pooled(c: NodeContext, given: Flow, kind: "max" | "average", windows: Windows): Flow {
  const lengths = spatialOf(given);
  const { flow, padding } = ready(c, given, windows);
  const { sizes, strides } = windows;
  const made = lengthsAfter(windows, lengths);
  const channels = count(given.dims[1] ?? []);
  const args: Args = {
    pool_size: oneForAll(sizes),
    ...(strides.join() === sizes.join() ? {} : { strides: oneForAll(strides) }),
    ...(padding === "valid" ? {} : { padding }),
  };
  const name = `${kind}_pooling${lengths.length === 1 ? "1d" : "2d"}` as const;
  return images(given, c.layer(name, [flow.term], [...made, channels], args), made, channels);
}

/** Windows that begin in the input or before it, also where they end behind it. */
function ceiled(windows: Windows, lengths: readonly number[]): Windows {
  const edges = windows.edges.map(([low, high], d): readonly [number, number] => {
    const [size, stride, length] = [windows.sizes[d] ?? 1, windows.strides[d] ?? 1, lengths[d] ?? 1];
    const steps = Math.ceil((length + low + high - size) / stride);
    const isInside = steps * stride < length + low;
    const last = isInside ? steps : steps - 1;
    return [low, Math.max(high, last * stride + size - length - low)];
  });
  if (edges.join() === windows.edges.join()) return windows;
  const same = lengths.map((length, d): readonly [number, number] => {
    const [size, stride] = [windows.sizes[d] ?? 1, windows.strides[d] ?? 1];
    const missing = Math.max(0, (Math.ceil(length / stride) - 1) * stride + size - length);
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  });
  return { ...windows, edges, padding: same.join() === edges.join() ? "same" : null };
}

function isNeverBelow(term: Term): boolean {
  const layer = layerOf(term);
  if (layer === null)
    return term.meaning.kind === "part" && term.meaning.op === "Clip" && (term.meaning.numbers[0] ?? -1) >= 0;
  const isActivation = ACTIVATION_NAMES.some((name) => name === layer.layer);
  const [input] = term.inputs;
  if (isActivation) return NOT_BELOW.has(layer.layer) && layer.args["negative_slope"] === undefined;
  return (
    input !== undefined &&
    ["max_pooling1d", "max_pooling2d", "reshape", "permute", "flatten", "dropout"].includes(layer.layer) &&
    isNeverBelow(input)
  );
}

export const convolutionRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Conv", conv],
  ["ConvTranspose", convTranspose],
  ["MaxPool", pool("max")],
  ["AveragePool", pool("average")],
]);
