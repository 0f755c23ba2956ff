// The patterns of the product on texts that are made for each: none may take longer than its text is long.

import type { Attempt, Harness } from "../harness.ts";
import { allPatterns } from "../patterns/all-patterns.ts";
import { pumpsOf } from "../patterns/pattern-texts.ts";
import { slowAt } from "../patterns/slowness.ts";
import { tryCases } from "../try-cases.ts";

export const patterns: Harness = {
  name: "patterns",
  about: {
    promised: "No pattern takes longer for each character of a long text than of a short one.",
    tried:
      "What each repeated part of a pattern takes, up to 26 times for what doubles with each, and up to 40,000 characters, where twice the text may take no more than twice the time.",
  },
  run: (task) => tryCases(task, attempt()),
};

/** Patterns that need not hold it, as what they are asked about is short, and why. */
const SHORT: ReadonlyMap<string, string> = new Map([
  [String(/\.?0+$/), "a number that we have written"],
  [String(/\B(?=(\d{3})+$)/g), "a number that we have written"],
]);

/** Its patterns are the lexer's, which asks only about the place where it stands. */
const TOKENS = "packages/lang/src/syntax/tokens.ts";

function attempt(): Attempt {
  const all = allPatterns().filter(({ pattern }) => !SHORT.has(String(pattern)));
  return async (random, number) => {
    const chosen = all[number % all.length];
    if (chosen === undefined) throw new Error("no pattern was found");
    const { pattern, file } = chosen;
    const asked = file === TOKENS ? new RegExp(pattern, `${pattern.flags}y`) : pattern;
    for (const pump of pumpsOf(pattern, random)) {
      const times = slowAt(asked, pump);
      if (times === null) continue;
      throw new Error(
        `${pattern} of ${file} is slow with ${times} times the part of ${JSON.stringify(pump)}`,
      );
    }
    return "quick";
  };
}
