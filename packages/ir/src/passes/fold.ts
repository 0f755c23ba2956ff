// fold: computes at compile time what depends on constants alone, with the scalar meanings that the reference
// backend runs, so with the same bits. A splat stays one number; other literals are folded up to
// MAXIMUM_ELEMENTS. An iota counts as a literal but is not itself written out.

import { mapFuncs, type Program } from "../core/program.ts";
import { elementwiseFolds } from "./fold/elementwise.ts";
import { movementFolds } from "./fold/movement.ts";
import { reduceFolds } from "./fold/reduce.ts";
import { type Rules, rewrite } from "./rewrite.ts";

export const foldRules: Rules = { ...elementwiseFolds, ...movementFolds, ...reduceFolds };

/** Leaves constants that fall out of use, for `dce`. */
export function fold(program: Program): Program {
  return mapFuncs(program, (func) => rewrite(func, foldRules));
}
