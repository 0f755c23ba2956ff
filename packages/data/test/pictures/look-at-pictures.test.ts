// What files of pictures say of themselves: their size upright, and whether they have colours.

import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { encode } from "fast-png";
import { lookAtPictures } from "../../src/pictures/look-at-pictures.ts";
import { cellOfBytes } from "../../src/pictures/picture-bytes.ts";

const file = (name: string) =>
  cellOfBytes(new Uint8Array(readFileSync(new URL(`./files/${name}`, import.meta.url))));
const grey = (width: number, height: number) =>
  cellOfBytes(encode({ width, height, data: new Uint8Array(width * height), depth: 8, channels: 1 }));
const looks = (...words: readonly string[]) =>
  lookAtPictures({ words, codes: Int32Array.from(words.keys()) });

test("of one size, grey", () => {
  expect(looks(grey(5, 3), grey(5, 3))).toEqual({ height: 3, width: 5, alike: true, hasColours: false });
});

test("of several sizes the median, with colours where any has some", () => {
  const found = looks(grey(5, 3), grey(9, 7), grey(7, 5), file("colours.jpg"), file("grey.jpg"));
  expect(found).toMatchObject({ alike: false, hasColours: true });
  expect(looks(grey(5, 3), grey(9, 7), grey(7, 5))).toMatchObject({ height: 5, width: 7 });
});

test.each([
  ["grey.png", false],
  ["grey16.png", false],
  ["grey-alpha.png", false],
  ["grey.jpg", false],
  ["colour-clear.png", true],
  ["palette-clear.png", true],
  ["colours.jpg", true],
])("%s", (name, hasColours) => {
  expect(looks(file(name))).toMatchObject({ hasColours });
});

test("words, nothing, and what is cut short before its size are no pictures", () => {
  expect(looks("shore")).toBeNull();
  expect(looks(grey(5, 3), "")).toBeNull();
  expect(looks(grey(5, 3).slice(0, 20))).toBeNull();
  expect(looks(grey(5, 3), grey(9, 9).slice(0, 20))).toMatchObject({ height: 3, width: 5, alike: true });
});
