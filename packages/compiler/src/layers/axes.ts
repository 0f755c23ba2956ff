// Sizes of a row as Keras counts them: 1 is the first, as 0 counts the rows, and -1 is the last.

import { integer, list, oneOf, type Param, type Shape, type ShapeProblem } from "@netwright/definitions";
import { apartParts, plainParts } from "./layer.ts";
import { sizeWords } from "./size-words.ts";

export type Axes = number | readonly number[];

const COUNTED = "1 is the first of a row, -1 the last";

/** One size, by default the last. */
export const axis = (doc: string) => integer({ doc: `${doc}: ${COUNTED}.`, default: -1 });

/** One size or several, by default the last. */
export const axes = (doc: string) => oneOf(options(doc), { doc: severalDoc(doc), default: -1 });

/** The same without a default. */
export const anyAxes = (doc: string) => oneOf(options(doc), { doc: severalDoc(doc) });

const options = (doc: string): readonly Param<Axes>[] => [integer({ doc }), list(integer({ doc }), { doc })];

const severalDoc = (doc: string) => `${doc}: ${COUNTED}; or a list of several.`;

/** What is wrong with sizes that a layer is told to work on, where `shape` is that of a row; undefined for nothing. */
export function axisProblem(layer: string, given: Axes, shape: Shape): ShapeProblem | undefined {
  const all = listed(given);
  if (shape.length === 0)
    return { problem: `${layer} needs at least one size, and its input is a single number` };
  if (all.length === 0) return { problem: `${layer} is told no size to work on` };
  const outside = all.find((one) => one === 0 || Math.abs(one) > shape.length);
  if (outside !== undefined) {
    return {
      problem: `${layer} is told to work on size ${outside}, and its input has ${sizeWords(shape)}`,
      note: `Sizes of a row are counted from 1; ${COUNTED}.`,
    };
  }
  if (dimensionsOf(given, shape).length < all.length)
    return { problem: `${layer} is told one size twice: ${all.join(", ")}` };
  return undefined;
}

/** What is wrong with a normalisation over one number alone, of which nothing is left to learn from: `left` says what. */
export function singleProblem(
  layer: string,
  given: Axes,
  shape: Shape,
  left: string,
): ShapeProblem | undefined {
  if (placesOf(given, shape).some((place) => (shape[place] ?? 1) > 1)) return undefined;
  return {
    problem: `${layer} is over a single number here: ${left}`,
    note: "`batch_norm` goes over the rows of a batch; a normalisation of each row needs several numbers, or several sizes: `axis: [1, 2]`.",
  };
}

/** The dimensions of a value with its rows, least first, of sizes that `axisProblem` has passed. */
export function dimensionsOf(given: Axes, shape: Shape): readonly number[] {
  const all = listed(given).map((one) => (one < 0 ? one + shape.length + 1 : one));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** The same counted without the rows: places in the shape of a row. */
export function placesOf(given: Axes, shape: Shape): readonly number[] {
  return dimensionsOf(given, shape).map((dimension) => dimension - 1);
}

function listed(given: Axes): readonly number[] {
  return typeof given === "number" ? [given] : given;
}

/** The parts of a normalisation over these sizes. As in Keras it hands a mask on, also where padding counts in its mean. */
export function partsOver(given: Axes) {
  return isLast(given) ? apartParts : ({ ...plainParts, padding: "keeps" } as const);
}

/** Whether that is the last size alone, whatever the shape, so that members of an ensemble stay apart. */
export function isLast(given: Axes): boolean {
  return listed(given).every((one) => one === -1);
}
