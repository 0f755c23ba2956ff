// Whether columns of a table are the pixels of pictures: as many as a square has, numbered by their names, whole numbers from
// 0 to 255 at most, and each more like the one beside it than like others.

import {
  type Column,
  type ColumnSummary,
  findColumn,
  presentIn,
  type Table,
  type TableSummary,
} from "@netwright/data";
import { at, columnsByPattern, float64At } from "@netwright/definitions";

export interface Pictures {
  /** As no column is called. */
  readonly name: string;
  readonly pattern: string;
  readonly height: number;
  readonly width: number;
  /** The greatest value of a pixel: 255, or less where all are well below. */
  readonly max: number;
  /** Its columns, in the order of the pixels. */
  readonly pixels: readonly ColumnSummary[];
}

/** Smaller pictures are as well told apart as a row of numbers. */
const LEAST_SIDE = 8;
const WHITE = 255;
/** Of pictures of grey values the brightest pixel is brighter than this share of white. */
const BRIGHT = 0.5;
/** How far neighbours are apart, as a share of how far pixels are that lie half a picture apart. */
const ALIKE = 0.75;
/** Rows that are looked at. */
const MOST_ROWS = 500;

export function findPictures(from: Table, { columns }: TableSummary): Pictures | null {
  const pixels = columns.filter(isPixel);
  const patterns = new Set(pixels.map(({ name }) => name.replace(/\d+/g, "*")));
  for (const pattern of patterns) {
    if (!pattern.includes("*")) continue;
    const made = madeBy(from, pixels, pattern);
    if (made !== null) return { ...made, name: nameBeside(columns) };
  }
  return null;
}

function isPixel({ type, pattern, missing, notFinite, min, max }: ColumnSummary): boolean {
  const isWhole = pattern === "whole" || (min === 0 && max === 0);
  return (
    type === "number" && isWhole && missing + notFinite === 0 && (min ?? -1) >= 0 && (max ?? 256) <= WHITE
  );
}

function madeBy(
  from: Table,
  columns: readonly ColumnSummary[],
  pattern: string,
): Omit<Pictures, "name"> | null {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const of = { patterns: [pattern], shape: [1, 1, 1], each: { name: "number", args: {} } } as const;
  const pixels = (columnsByPattern(of, [...byName.keys()])[0] ?? []).flatMap(
    (name) => byName.get(name) ?? [],
  );
  const side = Math.sqrt(pixels.length);
  if (side < LEAST_SIDE || !Number.isInteger(side)) return null;
  const brightest = pixels.reduce((most, { max }) => Math.max(most, max ?? 0), 0);
  const isOfGreys = pixels.every(({ min }) => min === 0) || brightest > BRIGHT * WHITE;
  if (brightest < 2 || !isOfGreys || !areNeighbours(from, pixels, side)) return null;
  const max = brightest > BRIGHT * WHITE ? WHITE : brightest;
  return { pattern, height: side, width: side, max, pixels };
}

/** Noise, and counts of things, are no more alike beside one another than elsewhere. */
function areNeighbours(from: Table, pixels: readonly ColumnSummary[], side: number): boolean {
  const rows = Int32Array.from({ length: Math.min(from.rows, MOST_ROWS) }, (_, row) => row);
  const values = pixels.map(({ name }) => valuesOf(findColumn(from, name), rows));
  const apart = (distance: number) => {
    let sum = 0;
    for (let i = 0; i + distance < values.length; i++) {
      const [one, other] = [at(values, i), at(values, i + distance)];
      for (let row = 0; row < rows.length; row++)
        sum += Math.abs(float64At(one, row) - float64At(other, row));
    }
    return sum / (values.length - distance);
  };
  const far = apart(Math.floor(side / 2) * side + Math.floor(side / 2));
  return far > 0 && apart(1) < ALIKE * far && apart(side) < ALIKE * far;
}

function valuesOf(column: Column | undefined, rows: Int32Array): Float64Array {
  if (column?.kind !== "number") throw new Error("a pixel is a number");
  return presentIn(column, rows);
}

function nameBeside(columns: readonly ColumnSummary[]): string {
  const names = new Set(columns.map(({ name }) => name));
  let name = "image";
  while (names.has(name)) name += "_";
  return name;
}
