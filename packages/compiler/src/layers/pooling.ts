// What layers of pooling share: their parameters, their shape, and the windows of the operation that they are.

import { at, choice, integer, optional } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { onNumbers } from "./layer.ts";
import {
  heightAndWidth,
  marginsOf,
  placesOf,
  type Sizes,
  type Slide,
  shapeProblem,
  sizesProblem,
  slidesOf,
} from "./windows.ts";

export interface PoolingArgs {
  readonly pool_size: Sizes;
  readonly strides: Sizes | null;
  readonly padding: "valid" | "same";
}

const padding = choice({
  doc: "Whether windows lie within the input, or reach beyond it, so that every number is in one.",
  values: ["valid", "same"],
  default: "valid",
});

const STRIDES = "from one window to the next; without it windows lie side by side.";

/** Over [steps, channels]. */
export const sequencePoolingParams = {
  pool_size: integer({ doc: "Steps of a window.", default: 2, min: 1 }),
  strides: optional(integer({ doc: `Steps ${STRIDES}`, min: 1 })),
  padding,
};

/** Over [height, width, channels]. */
export const imagePoolingParams = {
  pool_size: heightAndWidth({ doc: "Height and width of a window.", default: 2, min: 1 }),
  strides: optional(heightAndWidth({ doc: `Places ${STRIDES}`, min: 1 })),
  padding,
};

export function poolingSlides(directions: number, { pool_size, strides, padding }: PoolingArgs) {
  return slidesOf(directions, { sizes: pool_size, strides: strides ?? pool_size, padding });
}

export function poolingOutput(name: string, directions: number) {
  return onNumbers((shape, args: PoolingArgs) => {
    const { pool_size, strides } = args;
    const problem = shapeProblem(name, shape, directions) ?? sizesProblem({ pool_size, strides }, directions);
    if (problem !== undefined) return problem;
    const places = placesOf(shape.slice(0, -1), poolingSlides(directions, args));
    return "problem" in places ? places : [...places, shape.at(-1) ?? 1];
  });
}

/** The windows of [batch, spatial, channels] combined; what is around does not count. */
export function pool(b: Builder, x: Value, kind: "max" | "sum", slides: readonly Slide[]): Value {
  const margins = slides.map((slide, d) => marginsOf(at(x.type.shape, d + 1), slide));
  const all = (spatial: readonly number[], none: number) => [none, ...spatial, none];
  const ones = all(
    slides.map(() => 1),
    1,
  );
  return b.reduceWindow(x, {
    kind,
    sizes: all(
      slides.map(({ size }) => size),
      1,
    ),
    strides: all(
      slides.map(({ stride }) => stride),
      1,
    ),
    baseDilations: ones,
    windowDilations: ones,
    low: all(
      margins.map(({ low }) => low),
      0,
    ),
    high: all(
      margins.map(({ high }) => high),
      0,
    ),
  });
}
