// An image: the file of a picture in a cell, or its pixels, in a list or in columns of the table.

import {
  type Chosen,
  type Instance,
  integer,
  list,
  oneOf,
  optional,
  type Param,
  text,
} from "@netwright/definitions";
import { type PixelScale, pictureParams, pictureSizes, pixelScaling } from "../preprocess/picture-encoder.ts";
import { chosen, defineColumnType } from "./column-type.ts";
import { missingParam } from "./common-params.ts";

/** So many numbers has a square of 512 pixels in three colours. */
const MOST_NUMBERS = 512 * 512 * 3;

const patterns: Param<string | readonly string[]> = oneOf<string | readonly string[]>(
  [text({ doc: "" }), list(text({ doc: "" }), { doc: "" })],
  {
    doc: "Of an image whose pixels are columns: a pattern of their names, in which each `*` is a whole number; or a list of patterns, one for each channel. How many channels there are is stated by name, `channels: 3`.",
  },
);

export const image = defineColumnType({
  name: "image",
  doc: "An image: an input of its own, under its name, of height x width x channels, as `conv2d` takes it. A cell is a file of PNG or JPEG, or a list of numbers; or `columns` says which columns of the table are its pixels, which the numbers in their names put in order: row after row, and of each pixel the channels. Pixels are divided by `max`, so that what goes in lies between 0 and 1.",
  formula: "z[row, column, channel] = x / max",
  example: 'columns { picture: image(28, 28, columns: "pixel*") }',
  source: "Keras, `Rescaling(1 / 255)`",
  params: {
    ...pictureSizes,
    columns: optional(patterns),
    channels: integer({
      min: 1,
      max: 4,
      default: 1,
      doc: "Numbers of a pixel: 1 of grey, 3 of colours. Of columns and no files also 2 and 4.",
    }),
    ...pictureParams,
    missing: missingParam,
  },
  takes: "words",
  conflict({ height, width, channels, columns }) {
    if (height * width * channels > MOST_NUMBERS)
      return { parameter: "width", problem: `makes more than ${MOST_NUMBERS} numbers of an image` };
    if (columns === null)
      return channels === 1 || channels === 3
        ? null
        : {
            parameter: "channels",
            problem: `is ${channels}: 1 of grey or 3 of colours, where a cell holds the image`,
          };
    const all = patternsOf(columns);
    const plain = all.find((pattern) => !pattern.includes("*"));
    if (plain !== undefined)
      return {
        parameter: "columns",
        problem: `has ${JSON.stringify(plain)}, which has no \`*\`: each \`*\` is a whole number, as in "pixel*"`,
      };
    if (all.length === 1 || all.length === channels) return null;
    const problem = `are ${all.length} patterns, and it has ${channels} channel${channels === 1 ? "" : "s"}: there is one pattern, or one for each`;
    return { parameter: "columns", problem };
  },
  madeOf: ({ height, width, channels, columns, max, scale, missing }) =>
    columns === null
      ? null
      : {
          patterns: patternsOf(columns),
          shape: [height, width, channels],
          each: {
            name: "number",
            args: { unit: null, min: 0, max, scale: pixelScale(scale, max), missing, clamp: false },
          },
        },
  contract: () => ({ values: null }),
  encoder: ({ height, width, channels, max, scale, ground }): Chosen => ({
    name: "picture",
    args: { height, width, channels, max, scale, ground },
  }),
  missing: ({ missing }) => chosen(missing),
});

function patternsOf(columns: string | readonly string[]): readonly string[] {
  return typeof columns === "string" ? [columns] : columns;
}

function pixelScale(scale: PixelScale, max: number): Instance {
  // It stands in no place of its own.
  const place = { family: "encoder", span: { file: "", start: 0, end: 0 } } as const;
  const scaling = pixelScaling(scale, max);
  if (scaling === null) return { ...place, name: "none", args: {} };
  return { ...place, name: "rescaling", args: { ...scaling } };
}
