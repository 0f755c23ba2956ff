// Pictures, from files or lists of numbers, to the numbers of their pixels.

import { choice, integer, numbersOf, real } from "@netwright/definitions";
import { type PictureCell, readPicture } from "../pictures/picture-cells.ts";
import { grounds } from "../pictures/pixels-of.ts";
import type { CheckCell, EncoderParams, WordCoding } from "./encoder.ts";
import { isFiniteNumber } from "./is-finite-number.ts";
import { defineTextEncoder, isCount, textCoding } from "./text-encoder.ts";

export const LONGEST_SIDE = 4096;

export const pixelScales = ["unit", "centred", "none"] as const;
export type PixelScale = (typeof pixelScales)[number];

export const pictureSizes = {
  height: integer({ min: 1, max: LONGEST_SIDE, doc: "Rows of pixels." }),
  width: integer({ min: 1, max: LONGEST_SIDE, doc: "Pixels of a row." }),
};

export const pictureParams = {
  max: real({
    above: 0,
    default: 255,
    doc: "The greatest value of a pixel; a greater one is refused, and one below 0. Of files it is always 255.",
  }),
  scale: choice({
    values: pixelScales,
    default: "unit",
    doc: "What a pixel becomes: x / max, from 0 to 1; 2 x / max - 1, from -1 to 1; or what it is.",
  }),
  ground: choice({
    values: grounds,
    default: "white",
    doc: "Of files: what lies behind pixels that are not opaque.",
  }),
};

export const pictureEncoder = defineTextEncoder({
  name: "picture",
  doc: "The pixels of a picture, height x width x channels: a file of PNG or JPEG, upright as Exif says, of which the middle is brought to that size and its colours to grey where there is one channel; or a list of as many numbers.",
  formula: "z[row, column, channel] = x / max",
  example: "columns { Rooms: category(encoder: picture(28, 28)) }",
  source: "Pillow, `Image.resize(resample=BILINEAR)`; grey by ITU-R BT.601",
  params: {
    ...pictureSizes,
    channels: integer({ min: 1, max: 3, default: 1, doc: "1 of grey, 3 of colours." }),
    ...pictureParams,
  },
  output: (_, { height, width, channels }) => numbersOf([height, width, channels]),
  gaps: false,
  check: (args) => checkPicture(wantedOf(args)),
  fit: (_, { height, width, channels, max, scale, ground }) => ({
    height,
    width,
    channels,
    max,
    scale,
    ground,
  }),
  open: openPicture,
});

export function openPicture(params: EncoderParams): WordCoding | null {
  const wanted = wantedOf(params);
  const scale = pixelScales.find((one) => one === params["scale"]);
  if (wanted === null || scale === undefined) return null;
  const { height, width, channels } = wanted;
  const coding = textCoding(numbersOf([height, width, channels]), "read", (cell) => {
    const read = readPicture(cell, wanted);
    // What is no picture has been told before.
    if ("code" in read) return new Float64Array(height * width * channels).fill(Number.NaN);
    return scaled(read.values, read.most, scale);
  });
  return { ...coding, check: checkPicture(wanted) };
}

/** What is subtracted from a pixel, and what it is then divided by; null where it stays what it is. */
export function pixelScaling(
  scale: PixelScale,
  most: number,
): { readonly centre: number; readonly by: number } | null {
  if (scale === "none") return null;
  return scale === "unit" ? { by: most, centre: 0 } : { by: most / 2, centre: most / 2 };
}

function scaled(values: Float64Array, most: number, scale: PixelScale): Float64Array {
  const scaling = pixelScaling(scale, most);
  return scaling === null ? values : values.map((x) => (x - scaling.centre) / scaling.by);
}

/** Null where they are not those of a picture. */
export function wantedOf({ height, width, channels, max, ground }: EncoderParams): PictureCell | null {
  const behind = grounds.find((one) => one === ground);
  const isSized = isCount(height, LONGEST_SIDE) && isCount(width, LONGEST_SIDE);
  if (!isSized || !isFiniteNumber(max) || max <= 0 || behind === undefined) return null;
  if (channels !== 1 && channels !== 3) return null;
  return { height, width, channels, max, ground: behind };
}

function checkPicture(wanted: PictureCell | null): CheckCell {
  return (cell) => {
    if (wanted === null) return null;
    const read = readPicture(cell, wanted);
    return "code" in read ? read : null;
  };
}
