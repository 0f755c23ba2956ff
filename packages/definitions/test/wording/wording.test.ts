// How names, lists and numbers of things are written in every message.

import { expect, test } from "@jest/globals";
import {
  count,
  cutList,
  grouped,
  listChain,
  listed,
  listNames,
  oneLine,
  quote,
  shorten,
} from "../../src/index.ts";

test("names are quoted on one line, and what cannot be seen is written out", () => {
  expect(quote("FlyAsh")).toBe("`FlyAsh`");
  expect(quote("Fly\nAsh\u001b[31m")).toBe("`Fly\\nAsh\\u001b[31m`");
  // Control characters of 8 bits, a byte order mark, a change of direction, an end of line that is none in files.
  expect(quote("a\u009bb\ufeffc\u202ed\u2028e")).toBe("`a\\u009bb\\ufeffc\\u202ed\\u2028e`");
  expect(oneLine("a\tb\r")).toBe("a\\tb\\r");
  expect(oneLine("\u{e0041}")).toBe("\\u{e0041}");
  // A joiner makes one sign of several, and a blank is seen.
  expect(quote("a 👩\u200d🔬")).toBe("`a 👩\u200d🔬`");
});

test("a long name loses its middle, and no half of a character is left", () => {
  const long = `${"x".repeat(50)}${"y".repeat(50)}`;
  expect(quote(long)).toBe(`\`${"x".repeat(40)}…${"y".repeat(10)}\``);
  expect(shorten("x".repeat(60))).toBe("x".repeat(60));
  expect(shorten(`${"x".repeat(39)}😀${"y".repeat(30)}😀${"z".repeat(9)}`)).toBe(
    `${"x".repeat(39)}…${"z".repeat(9)}`,
  );
});

test("lists end in a word, and long ones in how many more there are", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((items) => listed(items))).toEqual([
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
  expect(listNames(new Set(["a", "b", "c"]), 12, "or")).toBe("`a`, `b` or `c`");
  const names = Array.from({ length: 1500 }, (_, i) => `c${i}`);
  expect(listNames(names, 2)).toBe("`c0`, `c1` and 1,498 more");
  expect(cutList(names.slice(0, 3))).toBe("c0, c1, c2");
  expect(cutList(names, 1)).toBe("c0 and 1,499 more");
  expect(listChain(names, 4)).toBe("c0 -> c1 -> ... -> c1498 -> c1499");
});

test("numbers of things are grouped", () => {
  expect([0, 1, 2, 1030].map((n) => count(n, "row"))).toEqual(["0 rows", "1 row", "2 rows", "1,030 rows"]);
  expect([0, 999, 1000, 1234567].map(grouped)).toEqual(["0", "999", "1,000", "1,234,567"]);
});
