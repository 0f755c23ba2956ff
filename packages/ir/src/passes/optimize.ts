// optimize: the passes that make a program smaller, repeated until nothing changes.

import { type Func, mapFuncs, type Program } from "../core/program.ts";
import { canonicalRules } from "./canonicalise.ts";
import { cseFunc } from "./cse.ts";
import { dceFunc, withoutUncalled } from "./dce.ts";
import { foldRules } from "./fold.ts";
import { rewrite } from "./rewrite.ts";
import { trimScans } from "./trim-scans.ts";

/** Functions settle in two or three rounds; the bound only guards against rules that undo one another. */
const MAXIMUM_ROUNDS = 16;

/** Both kinds of rules in one walk: what one has changed the other often goes on with. */
const simplifyFunc = (func: Func): Func => rewrite(func, canonicalRules, foldRules);

const passes = [simplifyFunc, cseFunc, dceFunc] as const;

/** Every result keeps its bits. Composites stay: a backend that does not know them calls `inline` before. */
export function optimize(program: Program): Program {
  let settled = withoutUncalled(mapFuncs(program, settle));
  for (let trimmed = trimScans(settled); trimmed !== settled; trimmed = trimScans(settled)) {
    settled = withoutUncalled(mapFuncs(trimmed, settle));
  }
  const isSame =
    settled.functions.length === program.functions.length &&
    settled.functions.every((func, i) => func === program.functions[i]);
  return isSame ? program : settled;
}

/** Done when each pass has seen the function and left it alone. */
function settle(func: Func): Func {
  let current = func;
  let unchanged = 0;
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    for (const pass of passes) {
      const next = pass(current);
      unchanged = next === current ? unchanged + 1 : 0;
      if (unchanged === passes.length) return current;
      current = next;
    }
  }
  return current;
}
