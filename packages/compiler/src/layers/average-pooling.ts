// average_pooling1d and average_pooling2d: the mean of each window, channel by channel.

import { at, type Some } from "@netwright/definitions";
import { sizeOf, tensor, type Value } from "@netwright/ir";
import { defineLayer, type LayerContext, plainParts } from "./layer.ts";
import {
  imagePoolingParams,
  type PoolingArgs,
  pool,
  poolingOutput,
  poolingSlides,
  sequencePoolingParams,
} from "./pooling.ts";
import { marginsOf, type Slide, viewsOf } from "./windows.ts";

function averagePooling(name: string, directions: number) {
  return {
    output: poolingOutput(name, directions),
    parts: (args: PoolingArgs) => ({ ...plainParts, sees: viewsOf(poolingSlides(directions, args)) }),
    build: ({ b }: LayerContext, [x]: Some<Value>, args: PoolingArgs) => {
      const slides = poolingSlides(directions, args);
      const sums = pool(b, x, "sum", slides);
      const counts = slides.map((slide, d) =>
        countsAlong(at(x.type.shape, d + 1), at(sums.type.shape, d + 1), slide),
      );
      const size = sizeOf(slides.map((slide) => slide.size));
      if (sizeOf(counts.map((one) => Math.min(...one))) === size) {
        return b.divide(sums, b.like(sums, size));
      }
      const all = counts.reduce<readonly number[]>(
        (before, along) => before.flatMap((count) => along.map((one) => count * one)),
        [1],
      );
      const shape = counts.map(({ length }) => length);
      const spatial = shape.map((_, d) => d + 1);
      return b.divide(sums, b.broadcastInDim(b.literal(tensor("f32", shape), all), sums.type.shape, spatial));
    },
  };
}

/** How many numbers of the input each window has. */
function countsAlong(length: number, places: number, slide: Slide): readonly number[] {
  const { low } = marginsOf(length, slide);
  return Array.from({ length: places }, (_, place) => {
    const first = place * slide.stride - low;
    return Math.min(length, first + slide.size) - Math.max(0, first);
  });
}

export const averagePooling1d = defineLayer({
  name: "average_pooling1d",
  doc: "Takes the mean of each window of steps, for every channel by itself. What a window reaches beyond the sequence does not count.",
  formula: "y[t, c] = mean over k of x[t * strides + k, c]",
  example: "average_pooling1d(2)",
  source: "Keras, `AveragePooling1D`",
  params: sequencePoolingParams,
  ...averagePooling("average_pooling1d", 1),
});

export const averagePooling2d = defineLayer({
  name: "average_pooling2d",
  doc: "Takes the mean of each window of an image, for every channel by itself. What a window reaches beyond the image does not count.",
  formula: "y[h, w, c] = mean over i and j of x[h * strides + i, w * strides + j, c]",
  example: "average_pooling2d(2)",
  source: "Keras, `AveragePooling2D`",
  params: imagePoolingParams,
  ...averagePooling("average_pooling2d", 2),
});
