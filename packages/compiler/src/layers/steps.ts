// The shapes that layers over sequences take: steps first, and the numbers of each.

import type { Shape, ShapeProblem } from "@netwright/definitions";
import { sizeWords } from "./size-words.ts";

/** What is wrong with a shape that is not [steps, numbers]; undefined for one that is. */
export function stepsAndNumbers(layer: string, shape: Shape): ShapeProblem | undefined {
  if (shape.length === 2) return undefined;
  return {
    problem: `${layer} takes steps and numbers, and its input has ${sizeWords(shape)}`,
    note: "A row of 20 steps with 3 numbers each is `input(20, 3)`; a recurrent layer gives those of all steps with `return_sequences: true`.",
  };
}
