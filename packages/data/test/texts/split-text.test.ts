// Texts to words and to runs of characters, the same on every engine.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { foldCase } from "../../src/texts/fold-case.ts";
import { hashText } from "../../src/texts/hash-text.ts";
import { gramsOf, wordsOf } from "../../src/texts/split-text.ts";

describe("case", () => {
  test.each([
    ["Straße ÄÖÜ", "straße äöü"],
    ["ΣΊΣΥΦΟΣ σίσυφος", "σίσυφοσ σίσυφοσ"],
    ["ЁЖ Ёж", "ёж ёж"],
    ["İI ıi", "İi ıi"],
    ["ſ K Å ẞ", "s k å ß"],
    ["ＡＢ 𐐀", "ａｂ 𐐨"],
  ])("%s", (text, folded) => expect(foldCase(text)).toBe(folded));

  test("is folded once, and to what this engine takes for the same letter, if it knows the letter", () => {
    for (let code = 0x80; code <= 0x1e943; code++) {
      const letter = String.fromCodePoint(code);
      const folded = foldCase(letter);
      if (folded === letter || /\p{Cn}/u.test(letter + folded)) continue;
      if (!new RegExp(`^${letter}$`, "iu").test(folded)) throw new Error(`${letter} is not ${folded}`);
      if (foldCase(folded) !== folded) throw new Error(`${folded} is folded again`);
    }
  });
});

describe("words", () => {
  test.each([
    ["Two rooms, one bath!", ["two", "rooms", "one", "bath"]],
    ["Größe: 3,5m² «neu»—ruhig…", ["größe", "3", "5m", "neu", "ruhig"]],
    ["snake_case don't", ["snake_case", "don", "t"]],
    ["東京、大阪", ["東京", "大阪"]],
    ["  ... \n\t", []],
    ["", []],
  ])("%s", (text, words) => expect(wordsOf(text)).toEqual(words));

  test("have no separators in them, and none is empty", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) =>
        wordsOf(text).every((word) => /^[^\s.,;:!?]+$/.test(word)),
      ),
    );
  });
});

test("runs of words and of characters", () => {
  expect(gramsOf("One two  THREE", "words", 2)).toEqual(["one two", "two three"]);
  expect(gramsOf("one", "words", 2)).toEqual(["one"]);
  expect(gramsOf(" A  b, ", "characters", 3)).toEqual(["a b", " b,"]);
  expect(gramsOf("𐐀é", "characters", 1)).toEqual(["𐐨", "é"]);
  expect(gramsOf("", "characters", 2)).toEqual([]);
});

test("hashes are those of every machine, and spread", () => {
  expect([hashText(""), hashText("room"), hashText("größe")]).toMatchInlineSnapshot(`
[
  2872998923,
  2266180745,
  419985943,
]
`);
  const buckets = new Set(Array.from({ length: 1000 }, (_, i) => hashText(`w${i}`) % 4096));
  expect(buckets.size).toBeGreaterThan(850);
});
