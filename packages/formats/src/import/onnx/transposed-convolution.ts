// The way back of a convolution.

import type { Args } from "@netwright/definitions";
import { at } from "@netwright/definitions";
import type { FloatTensor } from "../../model/layouts.ts";
import { oneForAll, placed } from "./arrange.ts";
import { padded } from "./edges.ts";
import { channelsLast, wrongBias } from "./kernels.ts";
import { count } from "./layout.ts";
import { floatsOf, misfit, type NodeRule } from "./node-context.ts";
import { images, spatialOf, type Windows, windowsOf } from "./windows.ts";

export const convTranspose: NodeRule = (c) => {
  const given = c.flow();
  const weight = c.constant(1);
  const bias = c.optional(2);
  const [channels = 1, filters = 1, ...sizes] = weight.shape;
  const lengths = spatialOf(given);
  if (bias !== null && bias.data.length !== filters) return misfit(wrongBias(bias, filters));
  if (c.int("group", 1) !== 1) return misfit("has groups, which `conv_transpose` has not");
  if (channels !== count(given.dims[1] ?? []))
    return misfit(`has weights for ${channels} channels, and its input has ${count(given.dims[1] ?? [])}`);
  const windows = windowsOf(c, lengths, sizes);
  const { strides, dilations } = windows;
  const output = c.ints("output_shape")?.slice(-lengths.length) ?? null;
  const more = c.countedInts("output_padding", lengths.length);
  const auto = c.text("auto_pad", "NOTSET");
  const reach = sizes.map((size, d) => (size - 1) * (dilations[d] ?? 1) + 1);
  const full = lengths.map((length, d) => (length - 1) * (strides[d] ?? 1) + (reach[d] ?? 1));
  const pads = c.countedInts("pads", 2 * lengths.length);
  if (output !== null && output.length !== lengths.length)
    return misfit(`has an output_shape of ${output.length} numbers for ${lengths.length} directions`);
  const wantedLengths =
    output ??
    (auto === "SAME_UPPER" || auto === "SAME_LOWER"
      ? lengths.map((length, d) => length * (strides[d] ?? 1))
      : null);
  const edges = lengths.map((_, d): readonly [number, number] => {
    if (wantedLengths === null) return [at(pads, d), at(pads, d + lengths.length) - at(more, d)];
    const cut = at(full, d) - at(wantedLengths, d);
    const low = auto === "SAME_LOWER" ? Math.ceil(cut / 2) : Math.floor(cut / 2);
    return [low, cut - low];
  });
  const made = lengths.map((_, d) => at(full, d) - at(edges, d)[0] - at(edges, d)[1]);
  const known = backMargins(windows, reach, edges);
  // What no `padding` cuts off is cut off behind.
  const padding = known ?? { padding: "valid" as const, output: null };
  const left = edges.map(([low, high], d) => [low, high + Math.max(0, (strides[d] ?? 1) - (reach[d] ?? 1))]);
  if (known === null && left.flat().some((one) => one < 0))
    return misfit("has more numbers at its edges than any `padding` of `conv_transpose` gives");
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
  const around = made.map(
    (length, d) => length + (known === null ? (left[d]?.[0] ?? 0) + (left[d]?.[1] ?? 0) : 0),
  );
  const term = c.layer(name, [flow.term], [...around, filters], args, weights, c.wanted(weight, bias));
  const whole = images(given, term, around, filters);
  return known === null
    ? padded(c, whole, [[0, 0], [0, 0], ...left.map((ends) => ends.map((one) => -one))])
    : whole;
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
