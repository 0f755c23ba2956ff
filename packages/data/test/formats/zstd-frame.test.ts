// Headers of frames of zstd, made by hand after RFC 8878.

import { expect, test } from "@jest/globals";
import { isBeyondWindow, zstdFrame } from "../../src/formats/zstd-frame.ts";

const frame = (...header: number[]) => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, ...header, 0, 0, 0);

test.each([
  { what: "a window alone", header: [0x00, 0x58], size: null, window: 2 ** 21 },
  { what: "a window of eighths", header: [0x00, 0x0b], size: null, window: 2 ** 11 + 3 * 2 ** 8 },
  { what: "one byte of size", header: [0x20, 200], size: 200, window: 200 },
  { what: "two bytes", header: [0x60, 1, 0], size: 257, window: 257 },
  { what: "four bytes", header: [0xa0, 0, 0, 0, 0x40], size: 2 ** 30, window: 2 ** 30 },
  {
    what: "eight bytes and a window",
    header: [0xc0, 0x58, 0, 0, 0, 0, 1, 0, 0, 0],
    size: 2 ** 32,
    window: 2 ** 21,
  },
  { what: "a dictionary", header: [0x21, 7, 5], size: 5, window: 5 },
])("$what", ({ header, size, window }) => {
  expect(zstdFrame(frame(...header))).toEqual({ size, window });
});

test("what is no frame, or not all of a header", () => {
  expect(zstdFrame(Uint8Array.of(1, 2, 3, 4, 5, 6, 7))).toBeNull();
  expect(zstdFrame(frame(0xc0, 0x58).subarray(0, 8))).toBeNull();
  expect(isBeyondWindow(new Uint8Array())).toBe(false);
});

test("more than zstd's own program takes is beyond", () => {
  expect(isBeyondWindow(frame(0x00, 17 << 3))).toBe(false);
  expect(isBeyondWindow(frame(0x00, (17 << 3) | 1))).toBe(true);
  expect(isBeyondWindow(frame(0xa0, 0, 0, 0, 0x40))).toBe(true);
});
