// The file of a picture to as many numbers as the model takes: decoded, the right way up, on a ground where it is not opaque,
// in grey or in colours, its middle in the size that is asked for.

import { float64At } from "@netwright/definitions";
import { decodePicture } from "./decode-picture.ts";
import { isProblem, type Picture, type PictureProblem, pictureKind } from "./picture.ts";
import { type Area, middleOf, type Plane, resized, type Size } from "./resize.ts";
import { statedPicture } from "./stated-picture.ts";
import { upright } from "./turn.ts";

export const grounds = ["white", "black"] as const;
export type Ground = (typeof grounds)[number];

export interface PixelsWanted extends Size {
  readonly channels: 1 | 3;
  /** What lies behind what is not opaque. */
  readonly ground: Ground;
}

/** The weights of red, green and blue in a grey: those of ITU-R BT.601. */
const GREY = [0.299, 0.587, 0.114] as const;

/** [height, width, channels], row-major, from 0 to 255. @throws NotYetLoaded before a decoder is loaded: see `whenLoaded` */
export function pixelsOf(bytes: Uint8Array, wanted: PixelsWanted): Float64Array | PictureProblem {
  const kind = pictureKind(bytes);
  if (kind === null) {
    const notes = ["Taken are files of PNG and JPEG."];
    return { says: "is no picture", notes };
  }
  const stated = statedPicture(bytes, kind);
  if (isProblem(stated)) return stated;
  const decoded = decodePicture(bytes, kind, stated);
  if (isProblem(decoded)) return decoded;
  const picture = upright(decoded, stated.orientation);
  return resized(coloured(picture, middleOf(picture, wanted), wanted), wanted);
}

/** A part of a picture in grey or in colours, from 0 to 255. */
function coloured(picture: Picture, { top, left, height, width }: Area, wanted: PixelsWanted): Plane {
  const { channels, values, most } = picture;
  const hasAlpha = channels === 2 || channels === 4;
  const colours = hasAlpha ? channels - 1 : channels;
  const ground = wanted.ground === "white" ? 255 : 0;
  const made = new Float64Array(width * wanted.channels);
  const colour = new Float64Array(3);
  const valueAt = (place: number) => {
    const value = values[place] ?? 0;
    return most === 255 ? value : (value * 255) / most;
  };
  const row = (y: number) => {
    const first = ((top + y) * picture.width + left) * channels;
    for (let x = 0; x < width; x++) {
      const start = first + x * channels;
      const opaque = hasAlpha ? valueAt(start + colours) / 255 : 1;
      for (let c = 0; c < 3; c++) {
        const value = valueAt(start + Math.min(c, colours - 1));
        colour[c] = opaque === 1 ? value : value * opaque + ground * (1 - opaque);
      }
      if (wanted.channels === 1) made[x] = colours === 1 ? float64At(colour, 0) : greyOf(colour);
      else for (let c = 0; c < 3; c++) made[x * 3 + c] = float64At(colour, c);
    }
    return made;
  };
  return { width, height, channels: wanted.channels, row };
}

function greyOf(colour: Float64Array): number {
  return GREY[0] * float64At(colour, 0) + GREY[1] * float64At(colour, 1) + GREY[2] * float64At(colour, 2);
}
