// upsampling1d and upsampling2d: longer sequences and larger images without weights.

import { choice, integer, type LayerParts } from "@netwright/definitions";
import { defineLayer, onNumbers, plainParts } from "./layer.ts";
import { interpolated, repeated } from "./resize.ts";
import { along, heightAndWidth, type Sizes, shapeProblem, sizesProblem } from "./windows.ts";

interface UpsamplingArgs {
  readonly size: Sizes;
}

function upsampling(name: string, directions: number) {
  return onNumbers((shape, { size }: UpsamplingArgs) => {
    const problem = shapeProblem(name, shape, directions) ?? sizesProblem({ size }, directions);
    if (problem !== undefined) return problem;
    return shape.map((length, d) => (d < directions ? length * along(size, d) : length));
  });
}

function partsOf(directions: number, size: Sizes, isBetween: boolean): LayerParts {
  const views = Array.from({ length: directions }, (_, d) => {
    const times = along(size, d);
    // The middle one of an odd number lies on a pixel of the input, and is of it alone.
    const spread = isBetween ? 2 * times - (times % 2) : times;
    return { reach: isBetween && times > 1 ? 2 : 1, step: 1 / times, spread };
  });
  return { ...plainParts, sees: views };
}

export const upsampling1d = defineLayer({
  name: "upsampling1d",
  doc: "Repeats every step of a sequence.",
  formula: "y[t, c] = x[floor(t / size), c]",
  example: "upsampling1d(2)",
  source: "Keras, `UpSampling1D`",
  params: { size: integer({ doc: "How often each step stands there.", default: 2, min: 1 }) },
  output: upsampling("upsampling1d", 1),
  parts: ({ size }) => partsOf(1, size, false),
  build: ({ b }, [x], { size }) => repeated(b, x, [size]),
});

export const upsampling2d = defineLayer({
  name: "upsampling2d",
  doc: "Makes an image larger: every pixel is repeated, or there are pixels between.",
  formula:
    "nearest: y[h, w, c] = x[floor(h / size), floor(w / size), c]; bilinear: between the nearest two of each direction, at (h + 1/2) / size - 1/2",
  example: "upsampling2d(2, interpolation: bilinear)",
  source: "Keras, `UpSampling2D`",
  params: {
    size: heightAndWidth({ doc: "How many times as high and as wide.", default: 2, min: 1 }),
    interpolation: choice({
      doc: "What the pixels are that come to be.",
      values: ["nearest", "bilinear"],
      default: "nearest",
    }),
  },
  output: upsampling("upsampling2d", 2),
  parts: ({ size, interpolation }) => partsOf(2, size, interpolation === "bilinear"),
  build: ({ b }, [x], { size, interpolation }) => {
    const sizes = [along(size, 0), along(size, 1)];
    if (interpolation === "nearest") return repeated(b, x, sizes);
    return sizes.reduce((sofar, factor, d) => interpolated(b, sofar, d + 1, factor), x);
  },
});
