// canonicalise: algebraic identities that keep every bit of every result, so that programs of one meaning
// take one form. Each rule and the reason why it keeps bits stands in a file of the folder.

import { mapFuncs, type Program } from "../core/program.ts";
import { arithmeticRules } from "./canonicalise/arithmetic.ts";
import { choiceRules } from "./canonicalise/choice.ts";
import { movementRules } from "./canonicalise/movement.ts";
import { type Rules, rewrite } from "./rewrite.ts";

export const canonicalRules: Rules = { ...arithmeticRules, ...choiceRules, ...movementRules };

/** Leaves operations that fall out of use, for `dce`. */
export function canonicalise(program: Program): Program {
  return mapFuncs(program, (func) => rewrite(func, canonicalRules));
}
