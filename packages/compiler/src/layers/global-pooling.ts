// Global pooling: one number of each channel, the largest or the mean of all places.

import { flag, type LayerParts, type Some } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { defineLayer, type LayerContext, onNumbers, plainParts } from "./layer.ts";
import { meanOver } from "./moments.ts";
import { shapeProblem } from "./windows.ts";

interface GlobalArgs {
  readonly keepdims: boolean;
}

type Kind = "max" | "mean";

function globalPooling(name: string, kind: Kind, directions: number) {
  return {
    params: {
      keepdims: flag({ doc: "Whether the sizes that are gone stay as sizes of 1.", default: false }),
    },
    output: onNumbers((shape, { keepdims }: GlobalArgs) => {
      const channels = shape.at(-1) ?? 1;
      return (
        shapeProblem(name, shape, directions) ??
        (keepdims ? [...shape.slice(0, -1).map(() => 1), channels] : [channels])
      );
    }),
    parts: (): LayerParts => ({
      ...plainParts,
      ...(kind === "max" ? { bends: true } : {}),
      ...(kind === "mean" && directions === 1 ? { padding: "heeds" } : {}),
      sees: "all",
    }),
    build: ({ b, masks: [mask] }: LayerContext, [x]: Some<Value>, { keepdims }: GlobalArgs) => {
      const [rows = 0, ...rest] = x.type.shape;
      const lengths = rest.slice(0, -1);
      const places = lengths.map((_, d) => d + 1);
      const one = kind === "max" ? b.reduce(x, "max", places) : meanOver(b, x, places, mask);
      return keepdims ? b.reshape(one, [rows, ...lengths.map(() => 1), rest.at(-1) ?? 1]) : one;
    },
  };
}

export const globalMaxPooling1d = defineLayer({
  name: "global_max_pooling1d",
  doc: "Keeps the largest number of each channel of a sequence.",
  formula: "y[c] = max over t of x[t, c]",
  example: "global_max_pooling1d",
  source: "Keras, `GlobalMaxPooling1D`",
  ...globalPooling("global_max_pooling1d", "max", 1),
});

export const globalMaxPooling2d = defineLayer({
  name: "global_max_pooling2d",
  doc: "Keeps the largest number of each channel of an image.",
  formula: "y[c] = max over h and w of x[h, w, c]",
  example: "global_max_pooling2d",
  source: "Keras, `GlobalMaxPooling2D`",
  ...globalPooling("global_max_pooling2d", "max", 2),
});

export const globalAveragePooling1d = defineLayer({
  name: "global_average_pooling1d",
  doc: "Takes the mean of each channel of a sequence. Steps that are padding do not count.",
  formula: "y[c] = mean over t of x[t, c]",
  example: "global_average_pooling1d",
  source: "Keras, `GlobalAveragePooling1D`",
  ...globalPooling("global_average_pooling1d", "mean", 1),
});

export const globalAveragePooling2d = defineLayer({
  name: "global_average_pooling2d",
  doc: "Takes the mean of each channel of an image.",
  formula: "y[c] = mean over h and w of x[h, w, c]",
  example: "global_average_pooling2d",
  source: 'Keras, `GlobalAveragePooling2D`; Lin, Chen, Yan 2014, "Network In Network"',
  ...globalPooling("global_average_pooling2d", "mean", 2),
});
