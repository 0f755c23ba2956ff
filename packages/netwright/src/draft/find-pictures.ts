// Whether a table is one of pictures: a column of their files, or columns that are their pixels, as many as a square has, numbered by
// their names, whole numbers from 0 to 255 at most, and each more like the one beside it than like others.

import {
  type Column,
  type ColumnSummary,
  findColumn,
  lookAtPictures,
  type PictureLooks,
  presentIn,
  type Table,
  type TableSummary,
} from "@netwright/data";
import { at, columnsByPattern, count, float64At, grouped, oneLine } from "@netwright/definitions";
import { isGapWord } from "./gap-words.ts";

export interface Pictures {
  /** Of their files the column; of pixels as no column is called. */
  readonly name: string;
  /** Of columns of pixels; null of files. */
  readonly pattern: string | null;
  readonly height: number;
  readonly width: number;
  /** 1 of greys, 3 of colours. */
  readonly channels: 1 | 3;
  /** The greatest value of a pixel: 255, or less where all are well below. */
  readonly max: number;
  /** Its columns, in the order of the pixels; of files their one column. */
  readonly columns: readonly ColumnSummary[];
  /** What is said of them beside their line. */
  readonly about: string;
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

/** `files` is what `pictureFiles` has found. */
export function findPictures(
  from: Table,
  { columns }: TableSummary,
  files: Omit<Pictures, "columns"> | null,
): Pictures | null {
  if (files !== null) return { ...files, columns: columns.filter(({ name }) => name === files.name) };
  const pixels = columns.filter(isPixel);
  const patterns = new Set(pixels.map(({ name }) => name.replace(/\d+/g, "*")));
  for (const pattern of patterns) {
    if (!pattern.includes("*")) continue;
    const made = madeBy(from, pixels, pattern);
    if (made !== null) return { ...made, name: nameBeside(columns) };
  }
  return null;
}

export interface PictureFiles {
  /** With a short word in the place of each picture: nobody is to look for words in them. */
  readonly table: Table;
  /** The first column of them. */
  readonly files: Omit<Pictures, "columns"> | null;
  /** The names of the others. */
  readonly others: readonly string[];
}

/** Columns whose cells are pictures, or nothing. */
export function pictureFiles(table: Table): PictureFiles {
  const found: Omit<Pictures, "columns">[] = [];
  const columns = table.columns.map((column): Column => {
    if (column.kind !== "text") return column;
    // Asked of each word once: a picture is a long one.
    const isGap = column.words.map(isNothing);
    const codes = column.codes.filter((code) => isGap[code] !== true);
    const looks = lookAtPictures({ words: column.words, codes });
    if (looks === null) return column;
    found.push(filesOf(column.name, looks));
    return { ...column, words: column.words.map((word, i) => (isGap[i] === true ? word : `picture ${i}`)) };
  });
  const [files = null, ...others] = found;
  return { table: { ...table, columns }, files, others: others.map(({ name }) => name) };
}

function isNothing(word: string): boolean {
  return word === "" || isGapWord(word);
}

/** Larger ones take long, and a first network sees as much in these. */
const MOST_SIDE = 64;
/** What halving twice leaves whole. */
const STEP = 4;

function filesOf(name: string, looks: PictureLooks): Omit<Pictures, "columns"> {
  const { height, width, alike, hasColours } = looks;
  const shrunk = Math.min(1, MOST_SIDE / Math.max(height, width));
  const side = (size: number) => Math.max(LEAST_SIDE, STEP * Math.round((size * shrunk) / STEP));
  const isKept = alike && shrunk === 1;
  const own = `${grouped(height)} x ${grouped(width)}`;
  return {
    name,
    pattern: null,
    height: isKept ? height : side(height),
    width: isKept ? width : side(width),
    channels: hasColours ? 3 : 1,
    max: WHITE,
    about: `${hasColours ? "in colour" : "grey"}; ${alike ? `all are ${own}` : `half are larger than ${own}, half smaller`}${isKept ? "" : ", brought to this size"}`,
  };
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
  const [first, last] = [at(pixels, 0), at(pixels, pixels.length - 1)].map(({ name }) => oneLine(name));
  const about = `${count(pixels.length, "column")}, ${first} to ${last}; each divided by ${max}`;
  return { pattern, height: side, width: side, channels: 1, max, columns: pixels, about };
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
