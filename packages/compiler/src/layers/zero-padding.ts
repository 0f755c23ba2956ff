// zero_padding1d and zero_padding2d: zeros around a sequence or an image.

import { at, type LayerParts, type Some } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { type Edges, edgesOfImage, edgesProblem, endsOfSequence, marginsAround } from "./edges.ts";
import { defineLayer, type LayerContext, onNumbers, plainParts } from "./layer.ts";
import { shapeProblem } from "./windows.ts";

interface PaddingArgs {
  readonly padding: Edges;
}

function zeroPadding(name: string, directions: number) {
  return {
    output: onNumbers((shape, { padding }: PaddingArgs) => {
      const problem = shapeProblem(name, shape, directions) ?? edgesProblem("padding", directions, padding);
      if (problem !== undefined) return problem;
      const margins = marginsAround(directions, padding);
      return [...margins.map(({ low, high }, d) => low + at(shape, d) + high), shape.at(-1) ?? 1];
    }),
    parts: (): LayerParts => ({ ...plainParts, sees: "place" }),
    build: ({ b }: LayerContext, [x]: Some<Value>, { padding }: PaddingArgs) => {
      const margins = marginsAround(directions, padding);
      const all = (spatial: readonly number[]) => [0, ...spatial, 0];
      return b.pad(x, b.scalar(0), all(margins.map(({ low }) => low)), all(margins.map(({ high }) => high)));
    },
  };
}

export const zeroPadding1d = defineLayer({
  name: "zero_padding1d",
  doc: "Puts zeros before and after a sequence.",
  formula: "y[t, c] = x[t - before, c], and 0 where there is no such step",
  example: "zero_padding1d([2, 0])",
  source: "Keras, `ZeroPadding1D`",
  params: {
    padding: endsOfSequence({ doc: "Zeros at both ends, or `[before, after]`.", default: 1 }),
  },
  ...zeroPadding("zero_padding1d", 1),
});

export const zeroPadding2d = defineLayer({
  name: "zero_padding2d",
  doc: "Puts zeros around an image.",
  formula: "y[h, w, c] = x[h - top, w - left, c], and 0 where there is no such pixel",
  example: "zero_padding2d([1, 2])",
  source: "Keras, `ZeroPadding2D`",
  params: {
    padding: edgesOfImage({
      doc: "Zeros at all edges, `[height, width]`, or `[[top, bottom], [left, right]]`.",
      default: 1,
    }),
  },
  ...zeroPadding("zero_padding2d", 2),
});
