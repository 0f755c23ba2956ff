import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { setSeparator } from "../../src/output/set-separator.ts";

test.each([
  [["Adelie", "Gentoo"], "|"],
  [["a|b", "c"], ";"],
  [["a|b", "c;"], "/"],
  [["a|b;c/d", "e"], " & "],
  // One that ends with a part of ` & ` would be taken apart elsewhere.
  [["a|b;c/d", "e &"], "│"],
  [["a|b;c/d", "e & │"], "┃"],
  [[], "|"],
])("of %j", (classes, separator) => {
  expect(setSeparator(classes)).toBe(separator);
});

test("a cell is taken apart into the classes that it was made of", () => {
  const letter = fc.constantFrom("a", " ", "|", ";", "/", "&", "│", "┃");
  const word = fc.array(letter, { minLength: 1, maxLength: 5 }).map((letters) => letters.join(""));
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), (classes) => {
      const separator = setSeparator(classes);
      expect(classes.join(separator).split(separator)).toEqual(classes);
    }),
  );
});
