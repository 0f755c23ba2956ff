// The number of a word is the place at which it was first seen, whatever bytes it has.

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { WordList } from "../../src/scan/word-list.ts";

/** Numbers of words that stand side by side, as one call for all of them gives them, and their texts. */
function listed(words: readonly string[]): { codes: number[]; texts: readonly string[] } {
  const encoded = words.map((word) => new TextEncoder().encode(word));
  const ends: number[] = [];
  for (const { length } of encoded) ends.push((ends.at(-1) ?? 0) + length);
  const bytes = Uint8Array.from(encoded.flatMap((word) => [...word]));
  const starts = Int32Array.from([0, ...ends.slice(0, -1)]);
  const codes = new Int32Array(words.length);
  const list = new WordList();
  list.codesOf(bytes, starts, Int32Array.from(ends), 0, 1, codes);
  return { codes: [...codes], texts: list.texts() };
}

function expectFirstSeen(words: readonly string[]): void {
  const texts = [...new Set(words)];
  expect(listed(words)).toEqual({ codes: words.map((word) => texts.indexOf(word)), texts });
}

test("words of any length, some of which begin or end alike", () => {
  const word = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "b", "\0"), maxLength: 17 }),
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.tuple(fc.constantFrom("", "word-", "a long word: "), fc.nat(20)).map((parts) => parts.join("")),
  );
  fc.assert(fc.property(fc.array(word, { maxLength: 60 }), expectFirstSeen));
});

test("each byte of a word counts, and its length", () => {
  for (let length = 0; length <= 30; length++) {
    const plain = "x".repeat(length);
    const others = Array.from({ length }, (_, i) => `${plain.slice(0, i)}y${plain.slice(i + 1)}`);
    expectFirstSeen([plain, ...others, `${plain}x`, `${plain}\0`, plain]);
  }
});

const LETTERS = Array.from({ length: 120 }, (_, i) => String.fromCharCode(i + 1));

// Of many words some meet in the table that have a part of what they are found by in common.
test.each([
  [
    "short and long",
    Array.from({ length: 6000 }, (_, i) => `${i % 2 === 0 ? "" : "something longer "}${i % 2500}`),
  ],
  ["that differ between their ends", Array.from({ length: 9000 }, (_, i) => `word${1000 + i}word`)],
  ["that differ in their length", LETTERS.flatMap((one) => [one, `\0${one}`, `\0\0${one}`])],
])("many words %s", (_, words) => {
  const { codes, texts } = listed(words);
  expect(codes.map((code) => texts[code])).toEqual(words);
  expect(texts.length).toBe(new Set(words).size);
});

test("long words of one hash", () => {
  const step = (hash: number, four: number) => {
    const product = Math.imul(hash ^ four, 0x9e3779b1);
    return product ^ (product >>> 15);
  };
  // What the first four bytes change in the hash the next four take back.
  const [first, second, next] = [0x61616161, 0x62626262, 0x63636363];
  const taken = next ^ step(16, first) ^ step(16, second);
  const bytes = new Uint8Array(Int32Array.of(first, next, 7, 7, second, taken, 7, 7).buffer);
  const list = new WordList();
  const codes = [0, 16, 0].map((start) => list.codeOf(bytes, start, start + 16));
  expect(codes).toEqual([0, 1, 0]);
});

test("every second of the bytes of one array after another", () => {
  const list = new WordList();
  const codes = new Int32Array(2);
  const places = [Int32Array.of(0, 9, 2), Int32Array.of(2, 9, 4)] as const;
  list.codesOf(new TextEncoder().encode("abcd"), ...places, 0, 2, codes);
  expect([...codes]).toEqual([0, 1]);
  list.codesOf(new TextEncoder().encode("cdab"), ...places, 0, 2, codes);
  expect([...codes]).toEqual([1, 0]);
  expect(list.codeOf(new TextEncoder().encode("abc"), 0, 3)).toBe(2);
});
