// PNG: grey, colours and palettes of 1 to 16 bits, with opacity or without, interlaced or not. By ourselves, as decoders unpack
// all that a file holds, however much that is, before they look at how large it says it is.

import { at } from "@netwright/definitions";
import type { Picture } from "./picture.ts";
import { restoreLines, unpackedLines } from "./png-lines.ts";
import { type PngParts, partsOfPng } from "./png-parts.ts";

/** @throws Error for a file that is damaged */
export function decodePng(bytes: Uint8Array): Picture {
  const parts = partsOfPng(bytes);
  const { width, height, depth, channels, palette, clear } = parts;
  const values = valuesOf(parts);
  if (palette !== null) return { width, height, most: 255, ...ofPalette(values, palette, clear) };
  const most = 2 ** depth - 1;
  if (clear === null || channels === 2 || channels === 4) return { width, height, most, channels, values };
  return { width, height, most, channels: channels + 1, values: withClear(values, channels, clear, most) };
}

/** Every so many pixels from the first one on, in both directions. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
}

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, across: 1, down: 1 }];

/** Adam7: PNG, third edition, section 8. */
const WOVEN: readonly Pass[] = [
  { x: 0, y: 0, across: 8, down: 8 },
  { x: 4, y: 0, across: 8, down: 8 },
  { x: 0, y: 4, across: 4, down: 8 },
  { x: 2, y: 0, across: 4, down: 4 },
  { x: 0, y: 2, across: 2, down: 4 },
  { x: 1, y: 0, across: 2, down: 2 },
  { x: 0, y: 1, across: 1, down: 2 },
];

/** [height, width, channels] */
function valuesOf({ width, height, depth, channels, isWoven, data }: PngParts): Uint8Array | Uint16Array {
  const passes = (isWoven ? WOVEN : WHOLE).flatMap((pass) => {
    const wide = Math.ceil((width - pass.x) / pass.across);
    const high = Math.ceil((height - pass.y) / pass.down);
    return wide > 0 && high > 0
      ? [{ ...pass, wide, high, length: Math.ceil((wide * channels * depth) / 8) }]
      : [];
  });
  const size = passes.reduce((sum, { high, length }) => sum + high * (length + 1), 0);
  const lines = unpackedLines(data, size);
  const count = width * height * channels;
  const values = depth === 16 ? new Uint16Array(count) : new Uint8Array(count);
  let start = 0;
  for (const { x, y, across, down, wide, high, length } of passes) {
    const end = start + high * (length + 1);
    restoreLines(lines.subarray(start, end), length, Math.max(1, (channels * depth) / 8));
    for (let row = 0; row < high; row++, start += length + 1) {
      const first = ((y + row * down) * width + x) * channels;
      const line = lines.subarray(start + 1, start + 1 + length);
      for (let i = 0; i < wide * channels; i++) {
        const pixel = Math.floor(i / channels);
        values[first + pixel * (across - 1) * channels + i] = valueAt(line, i, depth);
      }
    }
  }
  return values;
}

/** Several in a byte, the first in the highest bits; or of two bytes the higher first. */
function valueAt(line: Uint8Array, i: number, depth: PngParts["depth"]): number {
  if (depth === 8) return line[i] ?? 0;
  if (depth === 16) return ((line[2 * i] ?? 0) << 8) | (line[2 * i + 1] ?? 0);
  const bit = i * depth;
  return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

/** One colour, or grey, is stated to be clear. */
function withClear(
  values: Uint8Array | Uint16Array,
  channels: number,
  clear: Uint8Array,
  most: number,
): Uint8Array | Uint16Array {
  if (clear.length !== 2 * channels) throw new Error("the colour that is clear is none of its colours");
  const colour = Array.from({ length: channels }, (_, c) => valueAt(clear, c, 16));
  const pixels = values.length / channels;
  const size = pixels * (channels + 1);
  const more = values instanceof Uint8Array ? new Uint8Array(size) : new Uint16Array(size);
  for (let pixel = 0; pixel < pixels; pixel++) {
    let isClear = true;
    for (let c = 0; c < channels; c++) {
      const value = values[pixel * channels + c] ?? 0;
      more[pixel * (channels + 1) + c] = value;
      if (value !== colour[c]) isClear = false;
    }
    more[pixel * (channels + 1) + channels] = isClear ? 0 : most;
  }
  return more;
}

function ofPalette(
  indices: Uint8Array | Uint16Array,
  palette: Uint8Array,
  clear: Uint8Array | null,
): Pick<Picture, "channels" | "values"> {
  const colours = Math.floor(palette.length / 3);
  const channels = clear === null ? 3 : 4;
  const values = new Uint8Array(indices.length * channels);
  for (let i = 0; i < indices.length; i++) {
    const colour = at(indices, i);
    if (colour >= colours) throw new Error("a pixel has no colour of the palette");
    for (let c = 0; c < 3; c++) values[i * channels + c] = palette[3 * colour + c] ?? 0;
    if (clear !== null) values[i * channels + 3] = clear[colour] ?? 255;
  }
  return { channels, values };
}
