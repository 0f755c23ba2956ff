// Pictures of other programs against Pillow (files/make.py), and what is none of them, damaged or too large.

import { readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { encode } from "fast-png";
import jpeg from "jpeg-js";
import { whenLoaded } from "../../src/formats/load-on-use.ts";
import { decodeJpeg } from "../../src/pictures/decode-jpeg.ts";
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

test("JFIF has brightness and differences alone, whatever else is noted", () => {
  const noted = bytesOf("red-green-blue.jpg");
  const jfif = Buffer.from("ffe000104a46494600010100000100010000", "hex");
  const wanted = { width: 13, height: 9, channels: 3, ground: "white" } as const;
  const first = pixels(Uint8Array.of(...noted.subarray(0, 2), ...jfif, ...noted.subarray(2)), wanted);
  // 0, 0 and 255 are blue by themselves; as no brightness, no blue and much red, a dark red, as Pillow has it.
  expect([...pixels(noted, wanted).subarray(0, 3)].map((value) => Math.round(value / 64))).toEqual([0, 0, 4]);
  expect([...first.subarray(0, 3)].map((value) => Math.round(value / 64))).toEqual([3, 0, 0]);
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

function part(type: string, data: Uint8Array): Uint8Array {
  const made = Buffer.alloc(12 + data.length);
  made.writeUInt32BE(data.length, 0);
  made.write(type, 4, "latin1");
  made.set(data, 8);
  made.writeUInt32BE(crc32(made.subarray(4, 8 + data.length)), 8 + data.length);
  return made;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly kind?: number;
  readonly woven?: boolean;
}

/** `lines` are those of all passes, each behind the number of its filter; `more` are parts before them. */
function png(
  { width, height, depth, kind = 0, woven = false }: Header,
  lines: Uint8Array,
  more: readonly Uint8Array[] = [],
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, kind, 0, 0, woven ? 1 : 0], 8);
  const start = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), part("IHDR", header)];
  const end = [part("IDAT", deflateSync(lines)), part("IEND", new Uint8Array(0))];
  return new Uint8Array(Buffer.concat([...start, ...more, ...end]));
}

// The figure of the specification of PNG, section 8.2: of each pixel of 8 x 8 the pass that has it.
const PASSES = [
  "16462646",
  "77777777",
  "56565656",
  "77777777",
  "36463646",
  "77777777",
  "56565656",
  "77777777",
];

test.each([1, 2, 4, 8, 16])("interlaced rows of %i bits", (depth) => {
  const [width, height] = [13, 11];
  const most = 2 ** depth - 1;
  const valueAt = (x: number, y: number) => (x * 7919 + y * 104_729 + x * y * 31) % (most + 1);
  const bits: number[] = [];
  for (const pass of "1234567") {
    for (let y = 0; y < height; y++) {
      const line = Array.from({ length: width }, (_, x) => x).filter((x) => PASSES[y % 8]?.[x % 8] === pass);
      if (line.length === 0) continue;
      const spelled = line.map((x) => valueAt(x, y).toString(2).padStart(depth, "0")).join("");
      const bytes = spelled.padEnd(Math.ceil(spelled.length / 8) * 8, "0").match(/.{8}/g) ?? [];
      bits.push(0, ...bytes.map((byte) => Number.parseInt(byte, 2)));
    }
  }
  const file = png({ width, height, depth, woven: true }, Uint8Array.from(bits));
  const expected = Array.from(
    { length: width * height },
    (_, i) => (valueAt(i % width, Math.floor(i / width)) * 255) / most,
  );
  expect([...pixels(file, { width, height, channels: 1, ground: "white" })]).toEqual(expected);
});

test("what a file packs beside its pixels is left as it is", () => {
  const profile = Buffer.concat([Buffer.from("x\0\0", "latin1"), Buffer.from("no packed data")]);
  const lines = Uint8Array.from({ length: 4 * 5 }, (_, i) => (i % 5 === 0 ? 0 : i));
  const file = png({ width: 4, height: 4, depth: 8 }, lines, [part("iCCP", profile)]);
  expect([...pixels(file, SMALL)]).toEqual([...lines].filter((_, i) => i % 5 !== 0));
});

test("a JPEG of any size", () => {
  for (let width = 1; width <= 20; width++) {
    for (let height = 1; height <= 20; height++) {
      const { data } = jpeg.encode({ width, height, data: new Uint8Array(4 * width * height).fill(128) }, 90);
      const found = pixels(new Uint8Array(data), { width, height, channels: 1, ground: "white" });
      expect(Math.abs((found[width * height - 1] ?? 0) - 128)).toBeLessThan(3);
    }
  }
});

describe("refused, and never an exception:", () => {
  test("more scans of a JPEG than anybody writes, each of which takes as long as all pixels", () => {
    const sound = bytesOf("progressive.jpg");
    const scan = sound.findLastIndex((byte, i) => byte === 0xff && sound[i + 1] === 0xda);
    const last = sound.subarray(scan, sound.length - 2);
    const withMore = (count: number) =>
      Uint8Array.from([
        ...sound.subarray(0, scan),
        ...Array.from({ length: count }, () => [...last]).flat(),
        ...sound.subarray(sound.length - 2),
      ]);
    expect(says(withMore(1))).toBe("");
    expect(says(withMore(101))).toBe("is a JPEG file that has more than 100 scans");
  });

  test("data that hold more than the pixels, as soon as they do, and fewer", () => {
    const small = { width: 8, height: 8, depth: 8 };
    expect(says(png(small, new Uint8Array(72)))).toBe("");
    expect(says(png(small, new Uint8Array(73)))).toMatch(/damaged: its data go on behind the last pixel$/);
    expect(says(png(small, new Uint8Array(71)))).toMatch(/damaged: its data end before the last pixel$/);
    // Damage far behind the end is never met: what is there is not unpacked.
    const long = png(small, new Uint8Array(2 ** 25));
    const view = new DataView(long.buffer);
    const data = 33;
    const length = view.getUint32(data);
    long.fill(0xff, data + 8 + 8192, data + 8 + length);
    view.setUint32(data + 8 + length, crc32(long.subarray(data + 4, data + 8 + length)));
    expect(says(long)).toMatch(/go on behind the last pixel$/);
  });

  test("a part whose sum is another, and a kind that there is not", () => {
    const sound = png({ width: 8, height: 8, depth: 8 }, new Uint8Array(72));
    const changed = Uint8Array.from(sound);
    changed[45] = (changed[45] ?? 0) ^ 1;
    expect(says(changed)).toMatch(/damaged: the sum of its part IDAT is another$/);
    expect(says(png({ width: 8, height: 8, depth: 4, kind: 2 }, new Uint8Array(200)))).toMatch(
      /damaged: it states 4 bits of kind 2$/,
    );
  });

  test("more pixels than would fit into a memory, though the file could hold them", () => {
    const large = png({ width: 8192, height: 8192, depth: 1 }, new Uint8Array(1025 * 8192));
    expect(says(large)).toBe("is a PNG file that states 8,192 x 8,192 pixels, more than 33,554,432");
  });

  test("a second frame of a JPEG, wherever it stands", () => {
    const sound = bytesOf("grey.jpg");
    const frame = sound.findIndex((byte, i) => byte === 0xff && sound[i + 1] === 0xc0);
    const segment = sound.slice(frame, frame + 2 + new DataView(sound.buffer).getUint16(frame + 2));
    new DataView(segment.buffer).setUint32(5, 0x00400040);
    const withAt = (place: number) =>
      Uint8Array.from([...sound.subarray(0, place), ...segment, ...sound.subarray(place)]);
    const end = sound.length - 2;
    for (const place of [frame + segment.length, end])
      expect(says(withAt(place))).toBe("is a JPEG file that has a second picture inside of the first");
    // Another picture behind the end, as some cameras have it, is none of this one's.
    expect(says(Uint8Array.from([...sound, ...sound]))).toBe("");
  });

  test("a frame of a JPEG that is larger than what was looked at", () => {
    const sound = bytesOf("grey.jpg");
    expect(() => decodeJpeg(sound, { width: 4, height: 4, orientation: 1, isRgb: false })).toThrow(
      "limit exceeded",
    );
  });

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
