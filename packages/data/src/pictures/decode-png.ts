// PNG: grey, colours and palettes of 1 to 16 bits, with opacity or without, interlaced or not.

import { at } from "@netwright/definitions";
import { type DecodedPng, decode } from "fast-png";
import type { Picture } from "./picture.ts";

/** @throws Error for a file that is damaged */
export function decodePng(bytes: Uint8Array): Picture {
  const png = decode(bytes, { checkCrc: true });
  const { width, height } = png;
  if (png.palette !== undefined) return { width, height, ...ofPalette(png, png.palette) };
  const { channels, depth } = png;
  const most = 2 ** depth - 1;
  const read = depth < 8 ? unpacked(png) : png.data;
  const values = most === 255 ? read : Float64Array.from(read, (value) => (value * 255) / most);
  return { width, height, ...withClear(values, read, channels, png.transparency) };
}

/** One colour, or grey, may be stated to be clear. */
function withClear(
  values: ArrayLike<number>,
  read: ArrayLike<number>,
  channels: number,
  clear: Uint16Array | undefined,
): Pick<Picture, "channels" | "values"> {
  if (clear === undefined || channels === 2 || channels === 4) return { channels, values };
  const pixels = values.length / channels;
  const more = new Float64Array(pixels * (channels + 1));
  for (let pixel = 0; pixel < pixels; pixel++) {
    let isClear = true;
    for (let c = 0; c < channels; c++) {
      more[pixel * (channels + 1) + c] = values[pixel * channels + c] ?? 0;
      if (read[pixel * channels + c] !== clear[c]) isClear = false;
    }
    more[pixel * (channels + 1) + channels] = isClear ? 0 : 255;
  }
  return { channels: channels + 1, values: more };
}

function ofPalette(
  png: DecodedPng,
  palette: readonly (readonly number[])[],
): Pick<Picture, "channels" | "values"> {
  const indices = png.depth < 8 ? unpacked(png) : png.data;
  const values = new Float64Array(indices.length * 4);
  for (let i = 0; i < indices.length; i++) {
    const colour = palette[at(indices, i)];
    if (colour === undefined) throw new Error("a pixel has no colour of the palette");
    values.set([colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0, colour[3] ?? 255], 4 * i);
  }
  return { channels: 4, values };
}

/** Several pixels in a byte, the first in the highest bits; each row begins with a byte of its own. */
function unpacked({ data, width, height, depth }: DecodedPng): Uint8Array {
  const perByte = 8 / depth;
  const line = Math.ceil(width / perByte);
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = data[y * line + Math.floor(x / perByte)] ?? 0;
      values[y * width + x] = (byte >> (8 - depth * ((x % perByte) + 1))) & (2 ** depth - 1);
    }
  }
  return values;
}
