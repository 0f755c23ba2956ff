// optimize: the passes that make a program smaller, repeated until nothing changes.

import type { Program } from "../core/program.ts";
import { canonicalise } from "./canonicalise.ts";
import { cse } from "./cse.ts";
import { dce } from "./dce.ts";
import { fold } from "./fold.ts";

/** Programs settle in two or three rounds; the bound only guards against rules that undo one another. */
const MAXIMUM_ROUNDS = 16;

/** Every result keeps its bits. Composites stay: a backend that does not know them calls `inline` before. */
export function optimize(program: Program): Program {
  let current = program;
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const next = dce(cse(fold(canonicalise(current))));
    // A pass that changes nothing in a function returns the same object.
    const isSettled =
      next.functions.length === current.functions.length &&
      next.functions.every((func, i) => func === current.functions[i]);
    if (isSettled) return current;
    current = next;
  }
  return current;
}
