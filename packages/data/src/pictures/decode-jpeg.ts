// JPEG: grey and colours, baseline and progressive.

import jpeg from "jpeg-js";
import type { Picture } from "./picture.ts";

/** What a picture of the greatest size that is let through takes. */
const MEGABYTES = 4096;

/** @throws Error for a file that is damaged */
export function decodeJpeg(bytes: Uint8Array): Picture {
  const { width, height, data } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: MEGABYTES,
    maxMemoryUsageInMB: MEGABYTES,
  });
  return { width, height, channels: 3, values: data };
}
