// The shapes that layers with weights for each member take: members first, and numbers for each.

import type { Shape, ShapeProblem } from "@netwright/definitions";
import { sizeWords } from "./size-words.ts";

/** `output`, where `shape` has members; else what is wrong with it. */
export function withMembers(layer: string, shape: Shape, output: Shape): Shape | ShapeProblem {
  if (shape.length > 1) return output;
  return {
    problem: `${layer} takes the numbers of several members, and its input has ${sizeWords(shape)}`,
    note: "An ensemble begins with `members(32)`, which gives its input once for each member.",
  };
}
