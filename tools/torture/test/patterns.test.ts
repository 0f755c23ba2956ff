// Patterns of the product on texts made for each; and that this finds what it looks for.

import { expect, test } from "@jest/globals";
import { patterns } from "../src/harness/patterns.ts";
import { allPatterns, patternsIn } from "../src/patterns/all-patterns.ts";
import { pumpsOf } from "../src/patterns/pattern-texts.ts";
import { slowAt } from "../src/patterns/slowness.ts";
import { randomOf } from "../src/random.ts";

/** As the harness does, with several texts for each repeated part. */
function isSlow(pattern: RegExp): boolean {
  return [1, 2, 3].some((seed) =>
    pumpsOf(pattern, randomOf(seed, 0)).some((pump) => slowAt(pattern, pump) !== null),
  );
}

test.each([
  [/^(?:a+)+$/, true],
  [/^(?:\d+\.?\d*)+x/, true],
  [/^\s*(?:<!--[\s\S]*?-->\s*)*<html/, true],
  [/^\d+\d+$/, true],
  [/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/, false],
  // Their squares are cheap: a fast machine is done with 20,000 characters in no time.
  [/\s+$/, true],
  // No letter stands behind it: engines look for one first from V8 13 on.
  [/(?<=`|^y *)\S/m, true],
  [/(?:`|^ *)netwright/m, false],
  [/(?:\w+ ?)+:$/, true],
  [/^"[^"]*"$/, false],
])("%s", (pattern, slow) => {
  expect(isSlow(pattern)).toBe(slow);
});

test("what a file makes of texts is among its patterns, in functions too where they are called", () => {
  const text = `import { other } from "other";
    const DIGITS = "\\\\d+";
    const WHOLE = other(new RegExp(\`^\${DIGITS}$\`));
    const of = (sign: string) => new RegExp(sign, "g");
    export const [a, b] = [of("a"), of("b")];`;
  expect(patternsIn(text, "made-up.ts")).toEqual([/^\d+$/, /a/g, /b/g]);
  const inFunction = "export function asked(word: string) { return RegExp(word); }";
  expect(() => patternsIn(inFunction, "made-up.ts")).toThrow("made-up.ts makes patterns in 1 places, and 0");
});

// A slow one may need its fortieth text to show: with one for each, a `\n\s*\n$` was found in the slow checks alone.
test("every pattern of the sources is quick on eighty texts of its own", async () => {
  const count = 80 * allPatterns().length;
  expect(count).toBeGreaterThan(80 * 100);
  const task = { seed: 1, first: 0, count, seconds: 120, report: () => {} };
  expect((await patterns.run(task)).failures).toEqual([]);
}, 120_000);
