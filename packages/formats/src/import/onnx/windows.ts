// Windows that slide over places, what is put around them, and how many there are.

import { at } from "@netwright/definitions";
import { placed } from "./arrange.ts";
import { padded } from "./edges.ts";
import { count, type Size, sizeBy } from "./layout.ts";
import { misfit, type NodeContext } from "./node-context.ts";
import type { Flow, Term } from "./terms.ts";

export interface Windows {
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Of a layer that says so, `same` also where it comes to no zeros. */
  readonly padding: "valid" | "same" | "causal" | null;
  /** Before and after, in each direction. */
  readonly edges: readonly (readonly [number, number])[];
}

export function windowsOf(c: NodeContext, lengths: readonly number[], sizes: readonly number[]): Windows {
  const directions = lengths.length;
  if (directions < 1 || directions > 2)
    return misfit(`slides over ${directions} directions, and layers of Netwright over one or two`);
  if (sizes.length !== directions || sizes.some((size) => !(size >= 1)))
    return misfit("has windows of other directions than its input");
  const each = (name: string) => c.ints(name) ?? sizes.map(() => 1);
  const [strides, dilations] = [each("strides"), each("dilations")];
  for (const [name, own] of [
    ["strides", strides],
    ["dilations", dilations],
  ] as const)
    if (own.length !== directions || own.some((one) => !(one >= 1)))
      return misfit(`has the ${name} [${own.slice(0, 8).join(", ")}] in ${directions} directions`);
  const reach = sizes.map((size, d) => (size - 1) * (dilations[d] ?? 1) + 1);
  const same = lengths.map((length, d): readonly [number, number] => {
    const stride = strides[d] ?? 1;
    const missing = Math.max(0, (Math.ceil(length / stride) - 1) * stride + (reach[d] ?? 1) - length);
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  });
  const auto = c.text("auto_pad", "NOTSET");
  const pads = c.countedInts("pads", 2 * directions);
  const stated = lengths.map((_, d): readonly [number, number] => [at(pads, d), at(pads, d + directions)]);
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

export function lengthsAfter(
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
export function images(given: Flow, term: Term, lengths: readonly number[], channels: number): Flow {
  const places = lengths.map(sizeBy);
  const own: Size = sizeBy(channels);
  return { kind: "flow", term, axes: [...places, own], dims: [given.dims[0] ?? [], own, ...places] };
}

export const spatialOf = (flow: Flow) => flow.dims.slice(2).map(count);

/** Zeros that no `padding` of a layer puts there are a layer in front. */
export function ready(
  c: NodeContext,
  given: Flow,
  windows: Windows,
): { readonly flow: Flow; readonly padding: "valid" | "same" | "causal" } {
  const isAround = windows.padding === null;
  const around = isAround ? padded(c, given, [[0, 0], [0, 0], ...windows.edges]) : given;
  const places = around.dims.slice(2).map((_, d) => d + 2);
  return { flow: placed(c, around, [...places, 1]), padding: windows.padding ?? "valid" };
}
