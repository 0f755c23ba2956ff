// max_pooling1d and max_pooling2d: the largest number of each window, channel by channel.

import type { LayerParts, Some } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { defineLayer, type LayerContext, plainParts } from "./layer.ts";
import {
  imagePoolingParams,
  type PoolingArgs,
  pool,
  poolingOutput,
  poolingSlides,
  sequencePoolingParams,
} from "./pooling.ts";
import { viewsOf } from "./windows.ts";

function maxPooling(name: string, directions: number) {
  return {
    output: poolingOutput(name, directions),
    // The largest of several numbers is no line of them.
    parts: (args: PoolingArgs): LayerParts => ({
      ...plainParts,
      bends: true,
      sees: viewsOf(poolingSlides(directions, args)),
    }),
    build: ({ b }: LayerContext, [x]: Some<Value>, args: PoolingArgs) =>
      pool(b, x, "max", poolingSlides(directions, args)),
  };
}

export const maxPooling1d = defineLayer({
  name: "max_pooling1d",
  doc: "Keeps the largest number of each window of steps, for every channel by itself.",
  formula: "y[t, c] = max over k of x[t * strides + k, c]",
  example: "max_pooling1d(2)",
  source: "Keras, `MaxPooling1D`",
  params: sequencePoolingParams,
  ...maxPooling("max_pooling1d", 1),
});

export const maxPooling2d = defineLayer({
  name: "max_pooling2d",
  doc: "Keeps the largest number of each window of an image, for every channel by itself.",
  formula: "y[h, w, c] = max over i and j of x[h * strides + i, w * strides + j, c]",
  example: "max_pooling2d(2)",
  source: "Keras, `MaxPooling2D`",
  params: imagePoolingParams,
  ...maxPooling("max_pooling2d", 2),
});
