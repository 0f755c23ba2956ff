// Patterns that names of files fit.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { namePattern } from "../../src/index.ts";

const PARTS = ["*", "?", "a", "b", ".", "😀"] as const;

/** What it means, tried in every way. */
function fits(pattern: readonly string[], name: readonly string[]): boolean {
  const [first, ...others] = pattern;
  if (first === undefined) return name.length === 0;
  if (first === "*") return fits(others, name) || (name.length > 0 && fits(pattern, name.slice(1)));
  return name.length > 0 && (first === "?" || first === name[0]) && fits(others, name.slice(1));
}

test("a star is any characters, a question mark one", () => {
  const text = fc.array(fc.constantFrom(...PARTS), { maxLength: 7 });
  fc.assert(
    fc.property(text, text, (pattern, name) => {
      expect(namePattern(pattern.join(""))(name.join(""))).toBe(fits(pattern, name));
    }),
    { numRuns: 500 },
  );
});

test("many stars take no longer than their number times the name", () => {
  const name = "a".repeat(255);
  expect(namePattern(`${"*a".repeat(60)}b`)(name)).toBe(false);
  expect(namePattern(`${"*?".repeat(60)}`)(name)).toBe(true);
});
