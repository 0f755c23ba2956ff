// What layers share that change pictures by chance while training: by how much, and which pictures they take.

import { list, oneOf, type Param, real, type Shape, type ShapeProblem } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { type LayerContext, plainParts } from "./layer.ts";
import { sizeWords } from "./size-words.ts";

/** What `factor` says: from -factor to factor, or the two ends of a range. */
export type Factor = number | readonly number[];

export function factorParam(doc: string): Param<Factor> {
  const one = real({ doc, min: -1, max: 1 });
  const options: readonly Param<Factor>[] = [one, list(one, { doc })];
  return oneOf(options, { doc });
}

export function endsOf(factor: Factor): readonly [low: number, high: number] {
  if (typeof factor === "number") return [-Math.abs(factor), Math.abs(factor)];
  const [low = 0, high = low] = factor;
  return [low, high];
}

/** What is wrong with lists of two. */
export function factorProblem(factors: Readonly<Record<string, Factor>>): ShapeProblem | undefined {
  const wrong = Object.entries(factors).find(([, factor]) => {
    if (typeof factor === "number") return factor < 0;
    const [low = 0, high = 0] = factor;
    return factor.length !== 2 || low > high;
  });
  if (wrong === undefined) return undefined;
  return {
    problem: `\`${wrong[0]}\` is a number from 0 to 1, or a list of the least and the greatest, as \`[-0.1, 0.2]\``,
  };
}

/** Another layer's input is no picture. */
export function pictureProblem(layer: string, shape: Shape): ShapeProblem | undefined {
  if (shape.length === 3) return undefined;
  return {
    problem: `${layer} takes pictures, height x width x channels, and its input has ${sizeWords(shape)}`,
    note: "A column of `data` is described as `image`; a model without data states `input(28, 28, 1)`.",
  };
}

/** A prediction goes through unchanged, and what is learned behind it is no line of what goes in. */
export const augmentationParts = { ...plainParts, trainingOnly: true, bends: true, sees: "place" } as const;

/** For each row of a batch a number of its own, uniform between the ends: [rows]. */
export function drawnFor(
  { b, uniform }: Pick<LayerContext, "b" | "uniform">,
  x: Value,
  [low, high]: readonly [low: number, high: number],
): Value {
  const u = uniform([x.type.shape[0] ?? 1]);
  return b.add(b.multiply(u, b.like(u, high - low)), b.like(u, low));
}
