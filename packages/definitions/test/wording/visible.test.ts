// What a terminal would obey, or an editor would hide, is written out.

import { expect, test } from "@jest/globals";
import { unseenAs, visible, visibleJson, visibleLines } from "../../src/index.ts";

test("every control character is written out, of 7 bits and of 8", () => {
  for (let code = 0; code < 0xa0; code++) {
    const character = String.fromCharCode(code);
    const isSeen = code >= 0x20 && code < 0x7f;
    expect(visible(character) === character).toBe(isSeen);
    expect(visibleLines(character) === character).toBe(isSeen || character === "\n");
    expect(visible(character)).toMatch(/^[ -~]+$/);
  }
});

test("so are marks of direction and what takes no room, but no joiner", () => {
  const hidden = [
    0xad, 0x61c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069,
  ];
  for (const code of [...hidden, 0xfeff, 0xfff9, 0xe0001]) {
    expect(visible(`a${String.fromCodePoint(code)}b`)).toMatch(/^a\\u[0-9a-f{}]+b$/);
  }
  expect(visible("a\u200c\u200db äöü 漢字 \u{1f600}")).toBe("a\u200c\u200db äöü 漢字 \u{1f600}");
});

test("one sign for each, where places count", () => {
  expect(unseenAs("?", "a\u001b[31m\nb")).toBe("a?[31m?b");
});

test("JSON has the same value", () => {
  const value = { "a\u009b31m": ["\u001b]0;title\u0007", "\u202e", "\u{e0041}", "\u007f", "ä"] };
  const json = visibleJson(JSON.stringify(value));
  expect(JSON.parse(json)).toEqual(value);
  expect(json).toMatch(/^[ -~ä]+$/);
});
