// Patterns that names of files fit.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { namePattern } from "../../src/index.ts";

/** The meaning, in as many ways as it takes. */
function means(pattern: readonly string[], name: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return name.length === 0;
  if (first === "*") return means(rest, name) || (name.length > 0 && means(pattern, name.slice(1)));
  const [own, ...others] = name;
  return own !== undefined && (first === "?" || first === own) && means(rest, others);
}

const letters = (...all: string[]) => fc.array(fc.constantFrom(...all), { maxLength: 8 });

test("a star stands for any characters, a question mark for one", () => {
  fc.assert(
    fc.property(letters("a", "b", "*", "?", "😀"), letters("a", "b", "😀", "\n"), (pattern, name) => {
      expect(namePattern(pattern.join(""))(name.join(""))).toBe(means(pattern, name));
    }),
    { numRuns: 2000 },
  );
});

test.each([".", "^a$", "[ab]", "a|b", "\\d", "(a)", "a+"])("%j stands for itself", (pattern) => {
  expect(namePattern(pattern)(pattern)).toBe(true);
  expect(namePattern(`${pattern}*`)(`${pattern}a`)).toBe(true);
  expect(namePattern(`${pattern}*`)("a")).toBe(false);
});

test.each(["*?", "*a", "?*", "*aa", "*"])("%j many times takes no longer for each", (part) => {
  const fits = namePattern(`${part.repeat(2000)}z`);
  const begun = performance.now();
  for (let i = 0; i < 20; i++) expect(fits("a".repeat(255))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(2000);
});
