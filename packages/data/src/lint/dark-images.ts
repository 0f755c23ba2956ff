// Images whose pixels lie between 0 and 1, as many programs scale them, and are divided by 255 once more.

import { quote } from "@netwright/definitions";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import { bytesOfCell } from "../pictures/picture-bytes.ts";
import { readPicture } from "../pictures/picture-cells.ts";
import { wantedOf } from "../preprocess/picture-encoder.ts";
import { type DataProblem, warning } from "../problem/problem.ts";
import { type Column, presentIn } from "../table/table.ts";

/** The greatest value of pixels that somebody has scaled. */
const SCALED = 1;
/** A tenth of what is stated would be a dark picture and no scaled one. */
const STATED = 10 * SCALED;
/** Different cells that hold lists. */
const MOST_CELLS = 100;

/** `columns` are those of the features, in the same order; `rows` those that are looked at. */
export function darkImages(
  features: readonly OpenColumn[],
  columns: readonly Column[],
  rows: Int32Array,
): readonly DataProblem[] {
  return [
    ...ofColumns(features, columns, rows),
    ...features.flatMap((feature, i) => ofLists(feature, columns[i])),
  ];
}

function ofColumns(
  features: readonly OpenColumn[],
  columns: readonly Column[],
  rows: Int32Array,
): readonly DataProblem[] {
  const images = new Map<string, { readonly pixel: string; readonly stated: number; seen: number }>();
  for (const [i, { fitted }] of features.entries()) {
    if (fitted.kind !== "number" || fitted.image === undefined || fitted.encoder !== "rescaling") continue;
    const { image, contract, name } = fitted;
    const known = images.get(image.name) ?? { pixel: name, stated: contract.max ?? 0, seen: 0 };
    images.set(image.name, known);
    // One such pixel is enough, and pictures that nobody has scaled have one soon.
    if (known.seen <= SCALED) known.seen = Math.max(known.seen, greatestIn(columns[i], rows));
  }
  return [...images].flatMap(([name, { pixel, stated, seen }]) => told(name, pixel, stated, seen));
}

/** What is above `SCALED` may be any number that is. */
function greatestIn(column: Column | undefined, rows: Int32Array): number {
  if (column?.kind !== "number") return 0;
  let greatest = 0;
  for (const value of presentIn(column, rows)) {
    greatest = Math.max(greatest, value);
    if (greatest > SCALED) break;
  }
  return greatest;
}

function ofLists({ fitted }: OpenColumn, column: Column | undefined): readonly DataProblem[] {
  if (fitted.encoder !== "picture" || fitted.params["scale"] === "none" || column?.kind !== "text") return [];
  const wanted = wantedOf(fitted.params);
  if (wanted === null) return [];
  const lists = column.words.filter((cell) => cell !== "" && bytesOfCell(cell) === null).slice(0, MOST_CELLS);
  const seen = lists.map((cell) => {
    const read = readPicture(cell, wanted);
    return "code" in read ? 0 : read.values.reduce((most, x) => Math.max(most, x), 0);
  });
  return told(fitted.name, fitted.name, wanted.max, Math.max(0, ...seen));
}

function told(name: string, column: string, stated: number, seen: number): readonly DataProblem[] {
  if (stated < STATED || seen === 0 || seen > SCALED) return [];
  const message = `The pixels of ${quote(name)} lie between 0 and ${seen}, and are divided by ${stated}: what the network sees is nearly black.`;
  const notes = [
    "Where somebody has scaled them to 1 before, say so: `max: 1` in `image`. Pixels of 0 and 1 alone are the same case.",
  ];
  return [warning("NW0688", message, { notes, column })];
}
