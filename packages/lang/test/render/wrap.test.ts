import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { wrap } from "../../src/index.ts";

const plain = (text: string) => text;
const wrapped = (text: string, width: number) => wrap([{ text, paint: plain }], width, "- ", "  ");

test("breaks at blanks, with a hanging indent", () => {
  expect(wrapped("one two three four", 10)).toBe("- one two\n  three\n  four");
});

test("a word that is too wide has a line of its own", () => {
  expect(wrapped("a verylongwordindeed b", 10)).toBe("- a\n  verylongwordindeed\n  b");
});

test("pieces without a blank between them stay together; colours do not count", () => {
  const pieces = [
    { text: "see ", paint: plain },
    { text: "relu", paint: (text: string) => `<<<<${text}>>>>` },
    { text: ", too", paint: plain },
  ];
  expect(wrap(pieces, 9, "", "")).toBe("see <<<<relu>>>>,\ntoo");
  expect(wrap(pieces, 8, "", "")).toBe("see\n<<<<relu>>>>,\ntoo");
});

test("no word is lost, and no line with several words is too wide", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 12 }).filter((word) => !/\s/.test(word))),
      fc.integer({ min: 4, max: 40 }),
      (words, width) => {
        const lines = wrap([{ text: words.join(" "), paint: plain }], width, "", "").split("\n");
        expect(lines.join(" ").split(" ").filter(Boolean)).toEqual(words);
        for (const line of lines) {
          if (line.includes(" ")) expect([...line].length).toBeLessThanOrEqual(width);
        }
      },
    ),
  );
});
