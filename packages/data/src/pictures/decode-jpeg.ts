// JPEG: grey and colours, baseline and progressive.

import jpeg from "jpeg-js";
import type { Picture } from "./picture.ts";
import type { StatedPicture } from "./stated-picture.ts";

/** Of a pixel: three numbers of 4 bytes in blocks, and three of a byte in lines, in colours and in what is returned. */
const BYTES_OF_A_PIXEL = 24;
/** Sides are filled up to whole blocks: of 8 pixels, and four times that where a colour has fewer numbers. */
const BLOCK = 32;
const MEGABYTE = 2 ** 20;

/**
 * No frame may be larger than what was looked at, nor all that is taken for it: a file may hide a second one from whoever reads its
 * marks in another way. @throws Error for a file that is damaged
 */
export function decodeJpeg(bytes: Uint8Array, stated: Omit<StatedPicture, "hasColours">): Picture {
  const [across, down] = [filledUp(stated.width), filledUp(stated.height)];
  const { width, height, data } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    // It knows the note of a transform, and not the one that there was none.
    colorTransform: !stated.isRgb,
    // Half a pixel more, as it is rounded on its way to pixels: 77 / 1e6 * 1e6 is less than 77.
    maxResolutionInMP: (stated.width * stated.height + 0.5) / 1e6,
    maxMemoryUsageInMB: 1 + (across * down * BYTES_OF_A_PIXEL) / MEGABYTE,
  });
  return { width, height, channels: 3, values: data, most: 255 };
}

function filledUp(side: number): number {
  return Math.ceil(side / BLOCK) * BLOCK;
}
