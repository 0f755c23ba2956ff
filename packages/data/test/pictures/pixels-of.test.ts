// Pictures of other programs against Pillow (files/make.py), and what is none of them, damaged or too large.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { encode } from "fast-png";
import { whenLoaded } from "../../src/formats/load-on-use.ts";
import { type PixelsWanted, pixelsOf } from "../../src/pictures/pixels-of.ts";

const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(`./files/${name}`, import.meta.url)));

interface Expected extends PixelsWanted {
  readonly name: string;
  readonly pixels: readonly number[];
}

const cases = readFileSync(new URL("./files/expected.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): Expected => JSON.parse(line));

const SMALL: PixelsWanted = { width: 4, height: 4, channels: 1, ground: "white" };

// What follows cannot wait.
beforeAll(async () => {
  for (const name of ["grey.png", "grey.jpg"]) await whenLoaded(() => pixelsOf(bytesOf(name), SMALL));
});

function pixels(bytes: Uint8Array, wanted: PixelsWanted): Float64Array {
  const found = pixelsOf(bytes, wanted);
  if ("says" in found) throw new Error(found.says);
  return found;
}

function says(bytes: Uint8Array): string {
  const found = pixelsOf(bytes, SMALL);
  return "says" in found ? found.says : "";
}

describe.each([...new Set(cases.map(({ name }) => name))])("%s", (name) => {
  test.each(cases.filter((one) => one.name === name))(
    "$height x $width x $channels on $ground",
    ({ pixels: expected, ...wanted }) => {
      const found = pixels(bytesOf(name), wanted);
      expect(found).toHaveLength(expected.length);
      // Decoders of JPEG may round each step in another way.
      const off = name.endsWith(".jpg") ? 3.5 : 2e-3;
      for (const [i, value] of expected.entries())
        expect(Math.abs((found[i] ?? 0) - value)).toBeLessThan(off);
    },
  );
});

test("16 bits of colours, and interlaced rows", () => {
  const data = Uint16Array.from({ length: 12 * 3 }, (_, i) => i * 1800);
  const as = { width: 4, height: 3, channels: 3, ground: "white" } as const;
  const colours = pixels(encode({ width: 4, height: 3, data, depth: 16, channels: 3 }), as);
  expect([...colours]).toEqual([...data].map((value) => (value * 255) / 65535));
  const bytes = Uint8Array.from({ length: 20 * 17 }, (_, i) => (i * 7) % 256);
  const grey = { width: 20, height: 17, channels: 1, ground: "white" } as const;
  const woven = encode({ width: 20, height: 17, data: bytes, depth: 8, channels: 1 }, { interlace: "Adam7" });
  expect([...pixels(woven, grey)]).toEqual([...bytes]);
});

describe("refused, and never an exception:", () => {
  test("what is no picture", () => {
    expect(says(new TextEncoder().encode("a.png"))).toBe("is no picture");
    expect(says(new Uint8Array(0))).toBe("is no picture");
  });

  test("the colours of print", () => {
    expect(says(bytesOf("print.jpg"))).toBe("is a JPEG file in the colours of print (CMYK)");
  });

  test("more pixels than the file can hold, before they are decoded", () => {
    const png = bytesOf("grey.png");
    const view = new DataView(png.buffer);
    view.setUint32(16, 60_000);
    view.setUint32(20, 60_000);
    expect(says(png)).toMatch(/^is a PNG file that states 60,000 x 60,000 pixels, more than it can hold/);
    view.setUint32(16, 8_000);
    view.setUint32(20, 8_000);
    expect(says(png)).toMatch(/^is a PNG file that states 8,000 x 8,000 pixels, more than it can hold/);
    const jpeg = bytesOf("grey.jpg");
    const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
    new DataView(jpeg.buffer).setUint32(frame + 5, 0x1f401f40);
    expect(says(jpeg)).toMatch(/^is a JPEG file that states 8,000 x 8,000 pixels, more than it can hold/);
  });

  test.each(["rgb.png", "palette-clear.png", "colours.jpg", "progressive.jpg", "turned6.jpg"])(
    "%s cut short or changed at any place",
    (name) => {
      const bytes = bytesOf(name);
      for (let length = 0; length < bytes.length; length += 5) says(bytes.slice(0, length));
      for (let at = 0; at < bytes.length; at += 3) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 0x55;
        says(changed);
      }
      expect(says(bytes.slice(0, 20))).not.toBe("");
      // Of a PNG each part has its sum.
      if (name.endsWith(".png")) expect(says(bytes.slice(0, bytes.length - 30))).not.toBe("");
    },
  );
});
