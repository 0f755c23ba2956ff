// Cells that hold pictures, read: a file, or a list of numbers.

import { readList } from "../lists/read-list.ts";
import type { CellProblem } from "../reading/cell-reading.ts";
import type { PictureProblem } from "./picture.ts";
import { bytesOfCell, isPath } from "./picture-bytes.ts";
import { type PixelsWanted, pixelsOf } from "./pixels-of.ts";

export interface PictureCell extends PixelsWanted {
  /** The greatest number of a list. */
  readonly max: number;
}

/** From 0 to `most`, which is 255 of a file. @throws NotYetLoaded before a decoder is loaded: see `whenLoaded` */
export function readPicture(
  cell: string,
  wanted: PictureCell,
): { readonly values: Float64Array; readonly most: number } | CellProblem {
  const bytes = bytesOfCell(cell);
  if (bytes !== null) {
    if (wanted.max !== OF_FILES) return problemOf(otherMost(wanted.max));
    const values = pixelsOf(bytes, wanted);
    return "says" in values ? problemOf(values) : { values, most: OF_FILES };
  }
  if (isPath(cell)) return problemOf(noPicture(cell));
  const { height, width, channels, max } = wanted;
  const values = readList(cell, height * width * channels);
  if (!(values instanceof Float64Array)) return values;
  const outside = values.find((x) => !(x >= 0 && x <= max));
  if (outside === undefined) return { values, most: max };
  return {
    code: "NW0633",
    says: `has a pixel of ${outside}, and the model states 0 to ${max}`,
    notes: ["Correct the number, or state the greatest: `image(28, 28, max: 1)`."],
  };
}

/** The greatest value of a pixel of a file, also of one that was stored with more bits. */
const OF_FILES = 255;

function otherMost(max: number): PictureProblem {
  return {
    says: `is the file of a picture, whose pixels go to ${OF_FILES}, and the model states \`max: ${max}\``,
    notes: ["`max` is for pixels that stand in the table, as columns or as lists: leave it out."],
  };
}

const LONGEST = 60;

function noPicture(cell: string): PictureProblem {
  const start = cell.length > LONGEST ? `${cell.slice(0, LONGEST)}...` : cell;
  return {
    says: `is \`${start}\`, which is no picture`,
    notes: ["Taken are files of PNG and JPEG, their bytes (a `Uint8Array`), and lists of numbers."],
  };
}

function problemOf({ says, notes }: PictureProblem): CellProblem {
  return { code: "NW0642", says, notes };
}
