// What the files of a column of pictures say of themselves: for whoever is to choose a shape for all of them.

import { at } from "@netwright/definitions";
import type { TextColumn } from "../table/table.ts";
import { isProblem, pictureKind } from "./picture.ts";
import { bytesOfCell } from "./picture-bytes.ts";
import { statedPicture } from "./stated-picture.ts";

export interface PictureLooks {
  /** Upright, in pixels, the median of each. */
  readonly height: number;
  readonly width: number;
  /** Whether all have that size. */
  readonly alike: boolean;
  /** Whether any has colours, or a palette. */
  readonly hasColours: boolean;
}

/** From here on Exif turns a picture by a quarter. */
const FIRST_ON_ITS_SIDE = 5;

/** Null where a cell holds something else, or none can be read. */
export function lookAtPictures({ words, codes }: Pick<TextColumn, "words" | "codes">): PictureLooks | null {
  const sizes: { readonly height: number; readonly width: number }[] = [];
  let hasColours = false;
  for (const code of new Set(codes)) {
    const bytes = code < 0 ? null : bytesOfCell(at(words, code));
    const kind = bytes === null ? null : pictureKind(bytes);
    if (bytes === null || kind === null) return null;
    const stated = statedPicture(bytes, kind);
    // It is told when it is to be read.
    if (isProblem(stated)) continue;
    const { height, width, orientation } = stated;
    sizes.push(orientation < FIRST_ON_ITS_SIDE ? { height, width } : { height: width, width: height });
    hasColours ||= stated.hasColours;
  }
  if (sizes.length === 0) return null;
  const [height, width] = [median(sizes.map((size) => size.height)), median(sizes.map((size) => size.width))];
  const alike = sizes.every((size) => size.height === height && size.width === width);
  return { height, width, alike, hasColours };
}

function median(values: readonly number[]): number {
  return at(
    [...values].sort((a, b) => a - b),
    Math.floor(values.length / 2),
  );
}
