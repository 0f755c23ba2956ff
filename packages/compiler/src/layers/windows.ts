// Windows that slide along the directions of [steps, channels] or [height, width, channels]: how far each reaches, how
// many there are, what is put around, and what of that does not fit.

import {
  at,
  count,
  integer,
  list,
  oneOf,
  type Param,
  type Shape,
  type ShapeProblem,
  type View,
} from "@netwright/definitions";
import { sizeWords } from "./size-words.ts";

/** One number for all directions, or one for each. */
export type Sizes = number | readonly number[];

export type Padding = "valid" | "same" | "causal";

/** How windows move along one direction. */
export interface Slide {
  readonly size: number;
  readonly stride: number;
  /** From one number of a window to the next. */
  readonly dilation: number;
  readonly padding: Padding;
}

/** What is put before and after. */
export interface Margins {
  readonly low: number;
  readonly high: number;
}

/** A number, or one for height and one for width. */
export function heightAndWidth(spec: { doc: string; min: number; default?: number }): Param<Sizes> {
  const { doc, min, default: fallback } = spec;
  const one = integer({ doc, min });
  const options: readonly Param<Sizes>[] = [one, list(one, { doc })];
  return oneOf(options, fallback === undefined ? { doc } : { doc, default: fallback });
}

/** The number of a direction. A list has one for each (`sizesProblem`). */
export function along(sizes: Sizes, direction: number): number {
  return typeof sizes === "number" ? sizes : at(sizes, direction);
}

export interface SlideArgs {
  readonly sizes: Sizes;
  readonly strides: Sizes;
  readonly dilations?: Sizes;
  readonly padding: Padding;
}

export function slidesOf(directions: number, { sizes, strides, dilations = 1, padding }: SlideArgs) {
  return Array.from(
    { length: directions },
    (_, d): Slide => ({
      size: along(sizes, d),
      stride: along(strides, d),
      dilation: along(dilations, d),
      padding,
    }),
  );
}

/** From the first to the last number of a window. */
export function reach({ size, dilation }: Pick<Slide, "size" | "dilation">): number {
  return (size - 1) * dilation + 1;
}

/** What a place of the output is made of. */
export function viewsOf(slides: readonly Slide[]): readonly View[] {
  return slides.map((slide) => ({ reach: reach(slide), step: slide.stride }));
}

/** Of an odd number the larger part is after, as in Keras. */
export function marginsOf(length: number, slide: Slide): Margins {
  if (slide.padding === "valid") return { low: 0, high: 0 };
  if (slide.padding === "causal") return { low: reach(slide) - 1, high: 0 };
  const windows = Math.ceil(length / slide.stride);
  const missing = Math.max(0, (windows - 1) * slide.stride + reach(slide) - length);
  return { low: Math.floor(missing / 2), high: Math.ceil(missing / 2) };
}

/** The sizes of the directions after windows have slid over them. */
export function placesOf(lengths: Shape, slides: readonly Slide[]): Shape | ShapeProblem {
  const places = slides.map((slide, d) => {
    const { low, high } = marginsOf(at(lengths, d), slide);
    return Math.floor((low + at(lengths, d) + high - reach(slide)) / slide.stride) + 1;
  });
  if (places.every((count) => count > 0)) return places;
  const [first = 0, second = 0] = lengths;
  const channelsFirst = lengths.length === 2 && (first === 1 || first === 3) && second > first;
  return {
    problem: `a window of ${measured(slides.map(reach))} does not fit into ${measured(lengths, false)}`,
    note: channelsFirst
      ? "Channels stand last, height x width x channels: `permute([2, 3, 1])` puts those of `input(3, 32, 32)` there."
      : "Take a smaller window, fewer layers in front that make the input smaller, or `padding: same`.",
  };
}

/** `3 steps`, `3 x 2`. */
function measured(lengths: Shape, isNamed = true): string {
  return lengths.length === 1 && isNamed ? `${lengths[0]} steps` : lengths.join(" x ");
}

/** A layer of so many directions takes so many sizes and channels; undefined where it gets them. */
export function shapeProblem(layer: string, shape: Shape, directions: number): ShapeProblem | undefined {
  if (shape.length === directions + 1) return undefined;
  const [takes, note] =
    directions === 1
      ? ["steps and channels", "A row of 20 steps with 3 numbers each is `input(20, 3)`."]
      : ["height, width and channels", "A grey image of 28 x 28 pixels is `input(28, 28, 1)`."];
  return { problem: `${layer} takes ${takes}, and its input has ${sizeWords(shape)}`, note };
}

/** What is wrong with the lists among these arguments: each has a number for every direction. */
export function sizesProblem(
  args: Readonly<Record<string, Sizes | null>>,
  directions: number,
): ShapeProblem | undefined {
  for (const [name, sizes] of Object.entries(args)) {
    if (sizes === null || typeof sizes === "number" || sizes.length === directions) continue;
    return {
      problem: `\`${name}\` has ${count(sizes.length, "number")}, and there are ${directions} directions: height and width`,
      note: `One number, as \`${name}: 2\`, is for both.`,
    };
  }
  return undefined;
}
