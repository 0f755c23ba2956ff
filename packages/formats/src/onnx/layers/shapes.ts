// Layers that move numbers, repeat them, leave some out or join them.

import type { Args } from "@netwright/definitions";
import { aroundMiddle, isInstance, numberIn } from "../../model/layers.ts";
import { activated } from "../activations.ts";
import { dimensionsIn, sizesIn } from "../arguments.ts";
import type { Name } from "../graph-builder.ts";
import { type LayerRule, refused } from "./rule.ts";

export const reshape: LayerRule = ({ g, x, output }) => g.reshape(x, output);

export const permute: LayerRule = ({ g, x, args, shape }) =>
  g.op("Transpose", [x], { perm: [0, ...sizesIn(args, "dims", shape.length)] });

export const repeatVector: LayerRule = ({ g, x, args }) =>
  g.op("Tile", [g.op("Unsqueeze", [x, g.ints([1])]), g.ints([1, numberIn(args, "n"), 1])]);

export const slice: LayerRule = ({ g, x, args, shape }) => {
  const [dimension = 1] = dimensionsIn(args, "axis", shape);
  const size = shape[dimension - 1] ?? 1;
  const counted = (place: number) => (place < 0 ? place + size : place);
  const end = args["end"];
  const to = typeof end === "number" ? counted(end) : size;
  return g.op("Slice", [x, g.ints([counted(numberIn(args, "start"))]), g.ints([to]), g.ints([dimension])]);
};

interface Margins {
  readonly low: number;
  readonly high: number;
}

/** One number for all edges, one for each direction, or two for each. */
function marginsIn(args: Args, name: string, directions: number): readonly Margins[] {
  const given: unknown = args[name];
  const ends = (one: unknown): Margins => {
    const [low, high] = Array.isArray(one) ? one : [one, one];
    if (typeof low !== "number" || typeof high !== "number") throw new Error(`${name} has numbers`);
    return { low, high };
  };
  if (directions === 1) return [ends(given)];
  return Array.from({ length: directions }, (_, d) => ends(Array.isArray(given) ? given[d] : given));
}

export const zeroPadding =
  (directions: number): LayerRule =>
  ({ g, x, args }) => {
    const margins = marginsIn(args, "padding", directions);
    const pads = [0, ...margins.map(({ low }) => low), 0, 0, ...margins.map(({ high }) => high), 0];
    return g.op("Pad", [x, g.ints(pads)]);
  };

export const cropping =
  (directions: number): LayerRule =>
  ({ g, x, args, shape }) => {
    const margins = marginsIn(args, "cropping", directions);
    const starts = margins.map(({ low }) => low);
    const ends = margins.map(({ high }, d) => (shape[d] ?? 1) - high);
    return g.op("Slice", [x, g.ints(starts), g.ints(ends), g.ints(starts.map((_, d) => d + 1))]);
  };

/** Of `random_crop`, which takes a part by chance while training. */
export const middle: LayerRule = ({ g, x, args, shape }) => {
  const cut = aroundMiddle(args, shape);
  const ends = cut.map(([, after], d) => (shape[d] ?? 1) - after);
  return g.op("Slice", [x, g.ints(cut.map(([before]) => before)), g.ints(ends), g.ints([1, 2])]);
};

export const upsampling =
  (directions: number): LayerRule =>
  ({ g, x, args, shape }) => {
    const factors = sizesIn(args, "size", directions);
    if (args["interpolation"] === "bilinear") {
      const resized = g.op("Resize", [g.channelsFirst(x, directions + 2), "", g.floats([1, 1, ...factors])], {
        mode: "linear",
        coordinate_transformation_mode: "half_pixel",
      });
      return g.channelsLast(resized, directions + 2);
    }
    // Each place of a direction so many times in a row, one direction after the other.
    return factors.reduce<{ readonly value: Name; readonly sizes: readonly number[] }>(
      ({ value, sizes }, factor, d) => {
        const apart = g.op("Unsqueeze", [value, g.ints([d + 2])]);
        const times = Array.from({ length: directions + 3 }, (_, place) => (place === d + 2 ? factor : 1));
        const longer = sizes.map((size, place) => (place === d ? size * factor : size));
        return { value: g.reshape(g.op("Tile", [apart, g.ints(times)]), longer), sizes: longer };
      },
      { value: x, sizes: shape },
    ).value;
  };

export const concat: LayerRule = ({ g, inputs }) => g.op("Concat", inputs, { axis: -1 });

const folded =
  (op: "Add" | "Mul"): LayerRule =>
  ({ g, inputs, x }) =>
    inputs.slice(1).reduce<Name>((sofar, input) => g.op(op, [sofar, input]), x);

export const add = folded("Add");
export const multiply = folded("Mul");

export const average: LayerRule = (context) =>
  context.g.op("Div", [add(context), context.g.floats([context.inputs.length], [])]);

/** [a, b] along the last size to a times what is made of b. */
export const gated =
  (activation: { readonly name: string; readonly args: Args } | null): LayerRule =>
  (context) => {
    const { g, x, args } = context;
    const [first = x, second = x] = g.ops("Split", [x], 2, { axis: -1, num_outputs: 2 });
    const own = activation ?? args["activation"];
    const made = isInstance(own) ? activated(g, second, own) : null;
    if (made === null) return refused(context, "has an activation that is none of Netwright's");
    return g.op("Mul", [first, made]);
  };

export const maxout: LayerRule = ({ g, x, args, shape }) => {
  const units = numberIn(args, "units");
  const pieces = g.reshape(x, [...shape.slice(0, -1), units, (shape.at(-1) ?? 1) / units]);
  return g.op("ReduceMax", [pieces, g.ints([-1])], { keepdims: 0 });
};

/** Training alone does something in it. */
export const nothing: LayerRule = ({ x }) => x;
