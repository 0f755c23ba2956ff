// cropping1d and cropping2d: what is left of a sequence or an image without its ends.

import { at, type LayerParts, type Some } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { type Edges, edgesOfImage, edgesProblem, endsOfSequence, marginsAround } from "./edges.ts";
import { defineLayer, type LayerContext, onNumbers, plainParts } from "./layer.ts";
import { shapeProblem } from "./windows.ts";

interface CroppingArgs {
  readonly cropping: Edges;
}

function croppingOf(name: string, directions: number) {
  return {
    output: onNumbers((shape, { cropping }: CroppingArgs) => {
      const problem = shapeProblem(name, shape, directions) ?? edgesProblem("cropping", directions, cropping);
      if (problem !== undefined) return problem;
      const margins = marginsAround(directions, cropping);
      const left = margins.map(({ low, high }, d) => at(shape, d) - low - high);
      return left.every((length) => length > 0)
        ? [...left, shape.at(-1) ?? 1]
        : {
            problem: `nothing is left of ${shape.slice(0, -1).join(" x ")}${directions === 1 ? " steps" : ""}`,
            note: "Crop less, or take in a larger input.",
          };
    }),
    parts: (): LayerParts => ({ ...plainParts, sees: "place" }),
    build: ({ b }: LayerContext, [x]: Some<Value>, { cropping }: CroppingArgs) => {
      const { shape } = x.type;
      const margins = marginsAround(directions, cropping);
      const limits = margins.map(({ high }, d) => at(shape, d + 1) - high);
      return b.slice(
        x,
        [0, ...margins.map(({ low }) => low), 0],
        [at(shape, 0), ...limits, shape.at(-1) ?? 1],
      );
    },
  };
}

export const cropping1d = defineLayer({
  name: "cropping1d",
  doc: "Takes steps away from the ends of a sequence.",
  formula: "y[t, c] = x[t + before, c]",
  example: "cropping1d([1, 0])",
  source: "Keras, `Cropping1D`",
  params: {
    cropping: endsOfSequence({ doc: "Steps at both ends, or `[before, after]`.", default: 1 }),
  },
  ...croppingOf("cropping1d", 1),
});

export const cropping2d = defineLayer({
  name: "cropping2d",
  doc: "Takes rows and columns away from the edges of an image.",
  formula: "y[h, w, c] = x[h + top, w + left, c]",
  example: "cropping2d([2, 1])",
  source: "Keras, `Cropping2D`",
  params: {
    cropping: edgesOfImage({
      doc: "Pixels at all edges, `[height, width]`, or `[[top, bottom], [left, right]]`.",
      default: 0,
    }),
  },
  ...croppingOf("cropping2d", 2),
});
