// An image, whose pixels are columns of the table.

import { choice, type Instance, integer, list, oneOf, real, text } from "@netwright/definitions";
import { chosen, defineColumnType } from "./column-type.ts";
import { missingParam } from "./common-params.ts";

/** So many numbers has a square of 512 pixels in three colours, and more columns no table. */
const MOST_NUMBERS = 512 * 512 * 3;
const LONGEST_SIDE = 4096;

export const image = defineColumnType({
  name: "image",
  doc: "An image, whose pixels are columns of numbers: an input of its own, under its name, of height x width x channels, as `conv2d` takes it. Each pixel is divided by `max`, so that what goes in lies between 0 and 1. The columns are those of the table that fit a pattern, and the numbers in their names say their order: row after row, and of each pixel the channels.",
  formula: "z[row, column, channel] = x / max",
  example: 'columns { picture: image(28, 28, columns: "pixel*") }',
  source: "Keras, `Rescaling(1 / 255)`",
  params: {
    height: integer({ min: 1, max: LONGEST_SIDE, doc: "Rows of pixels." }),
    width: integer({ min: 1, max: LONGEST_SIDE, doc: "Pixels of a row." }),
    columns: oneOf<string | readonly string[]>([text({ doc: "" }), list(text({ doc: "" }), { doc: "" })], {
      doc: "The columns of the pixels: a pattern of their names, in which each `*` is a whole number; or a list of patterns, one for each channel.",
    }),
    channels: integer({ min: 1, max: 4, default: 1, doc: "Numbers of a pixel: 1 of grey, 3 of colours." }),
    max: real({
      above: 0,
      default: 255,
      doc: "The greatest value of a pixel; a greater one is refused, and one below 0.",
    }),
    scale: choice({
      values: ["unit", "centred", "none"],
      default: "unit",
      doc: "What a pixel becomes: x / max, from 0 to 1; 2 x / max - 1, from -1 to 1; or what it is.",
    }),
    missing: missingParam,
  },
  takes: "number",
  conflict({ height, width, channels, columns }) {
    const patterns = patternsOf(columns);
    const plain = patterns.find((pattern) => !pattern.includes("*"));
    if (plain !== undefined)
      return {
        parameter: "columns",
        problem: `has ${JSON.stringify(plain)}, which has no \`*\`: each \`*\` is a whole number, as in "pixel*"`,
      };
    if (patterns.length !== 1 && patterns.length !== channels) {
      const problem = `are ${patterns.length} patterns, and it has ${channels} channel${channels === 1 ? "" : "s"}: there is one pattern, or one for each`;
      return { parameter: "columns", problem };
    }
    if (height * width * channels > MOST_NUMBERS)
      return { parameter: "width", problem: `makes more than ${MOST_NUMBERS} numbers of an image` };
    return null;
  },
  madeOf: ({ height, width, channels, columns, max, scale, missing }) => ({
    patterns: patternsOf(columns),
    shape: [height, width, channels],
    each: {
      name: "number",
      args: { unit: null, min: 0, max, scale: pixelScale(scale, max), missing, clamp: false },
    },
  }),
  bounds: ({ max }) => ({ min: 0, max }),
  contract: ({ max }) => ({ unit: null, min: 0, max }),
  encoder: ({ max, scale }) => pixelScale(scale, max),
  missing: ({ missing }) => chosen(missing),
});

function patternsOf(columns: string | readonly string[]): readonly string[] {
  return typeof columns === "string" ? [columns] : columns;
}

function pixelScale(scale: "unit" | "centred" | "none", max: number): Instance {
  // It stands in no place of its own.
  const place = { family: "encoder", span: { file: "", start: 0, end: 0 } } as const;
  if (scale === "none") return { ...place, name: "none", args: {} };
  const args = scale === "unit" ? { by: max, centre: 0 } : { by: max / 2, centre: max / 2 };
  return { ...place, name: "rescaling", args };
}
