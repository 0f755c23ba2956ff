// Checked columns to the arrays that a network takes. All in f64 in plain order, then rounded to f32 once.

import { at, float64At, int32At, quote } from "@netwright/definitions";
import type { FieldData } from "../batch/row-store.ts";
import { placeOf } from "../check/column-problem.ts";
import { hits } from "../check/hits.ts";
import { saysTooLarge } from "../check/says.ts";
import type { OpenColumn, OpenWords } from "../fitted/open-encoders.ts";
import type { Place } from "../preprocess/encoder.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import {
  type Column,
  codesAt,
  lacksValue,
  rowPlace,
  type Table,
  type TextColumn,
  wordAt,
} from "../table/table.ts";
import { filledIn, filledWords } from "./filled-in.ts";
import { sizeOf, widthOf } from "./inputs.ts";
import { PIECE } from "./piece.ts";

export interface EncodedColumns {
  /** [rows x numbers of all columns], row-major. */
  readonly encoded: FieldData;
  readonly problems: readonly DataProblem[];
  /** Of each column the rows with a number that is too large. */
  readonly tooLarge: readonly (readonly number[])[];
}

/** `rows` are indices from 0; `columns` and `fitted` go together. Indices become whole numbers, all else f32. */
export function encodeColumns(
  table: Table,
  columns: readonly Column[],
  fitted: readonly OpenColumn[],
  rows: Int32Array,
): EncodedColumns {
  const width = fitted.reduce((sum, fit) => sum + widthOf(fit), 0);
  const indices = fitted.length > 0 && fitted.every((fit) => fit.coding.output.kind === "index");
  const encoded = indices ? new Int32Array(rows.length * width) : new Float32Array(rows.length * width);
  let offset = 0;
  const writers = fitted.map((fit, j) => {
    const writer = columnWriter(fit, columns[j], offset);
    offset += widthOf(fit);
    return writer;
  });
  const tooLarge = writers.map((): number[] => []);
  for (let start = 0; start < rows.length; start += PIECE) {
    const piece = rows.subarray(start, start + PIECE);
    const into = encoded.subarray(start * width, (start + piece.length) * width);
    for (const { write, at } of writers) write(piece, { into, at, width });
    if (!(into instanceof Float32Array) || areFinite(into)) continue;
    for (const [j, { at, checked }] of writers.entries())
      for (const row of notFinite(into, piece, { at, width, count: checked })) tooLarge[j]?.push(row);
  }
  const problems = fitted.flatMap((fit, j) => {
    const column = columns[j];
    return column === undefined ? [] : overflows(table, column, fit, tooLarge[j] ?? []);
  });
  return { encoded, problems, tooLarge };
}

/** How a column is written beside the others. */
interface ColumnWriter {
  readonly at: number;
  /** How many of its numbers may be too large for f32. */
  readonly checked: number;
  readonly write: (rows: Int32Array, place: Place) => void;
}

function columnWriter(fit: OpenColumn, column: Column | undefined, at: number): ColumnWriter {
  const own = sizeOf(fit.coding.output);
  const marks = fit.fitted.missing.indicator === true;
  if (fit.kind === "number" && column?.kind === "number") {
    const { fill } = fit.fitted.missing;
    return {
      at,
      checked: widthOf(fit),
      write(rows, place) {
        fit.coding.write(filledIn(column, rows, fill), place);
        if (marks) writeIndicator(column, rows, { ...place, at: place.at + own });
      },
    };
  }
  if (fit.kind === "words" && column?.kind === "text") {
    const { fill } = fit.fitted.missing;
    const { words, codesIn } = filledWords(column, fill);
    const writeWords = fit.coding.writer(words);
    return {
      at,
      checked: fit.coding.check === undefined ? 0 : own,
      write(rows, place) {
        writeWords(codesIn(rows), place);
        if (marks) writeIndicator(column, rows, { ...place, at: place.at + own });
      },
    };
  }
  throw new Error(`no encoder for column ${fit.fitted.name}`);
}

/** Values in original units, those that are missing filled in; of words their number among those of the encoder. */
export function originalsOf(
  columns: readonly Column[],
  fitted: readonly OpenColumn[],
  rows: Int32Array,
): Float64Array {
  const width = fitted.length;
  const originals = new Float64Array(rows.length * width);
  for (const [j, fit] of fitted.entries()) {
    const column = columns[j];
    const own =
      fit.kind === "number" && column?.kind === "number"
        ? filledIn(column, rows, fit.fitted.missing.fill)
        : fit.kind === "words" && column?.kind === "text"
          ? numbersOfWords(column, fit, rows)
          : new Float64Array(0);
    if (width === 1 && own.length === rows.length) return own;
    for (let i = 0; i < own.length; i++) originals[i * width + j] = float64At(own, i);
  }
  return originals;
}

/** 1 where the row lacks a value. */
function writeIndicator(column: Column, rows: Int32Array, { into, at: first, width }: Place): void {
  let place = first;
  for (let i = 0; i < rows.length; i++) {
    into[place] = lacksValue(column, int32At(rows, i)) ? 1 : 0;
    place += width;
  }
}

function numbersOfWords({ codes, words }: TextColumn, fit: OpenWords, rows: Int32Array): Float64Array {
  const known = new Map(fit.coding.words.map((word, code) => [word, code]));
  const own = words.map((word) => known.get(word) ?? known.size);
  return new Float64Array(codesAt({ codes, words }, rows).map((code) => at(own, code)));
}

function areFinite(numbers: Float32Array): boolean {
  // NaN as soon as one is not.
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += (numbers[i] ?? Number.NaN) * 0;
  return sum === 0;
}

/** The rows with one among `count` numbers. */
function notFinite(
  encoded: Float32Array,
  rows: Int32Array,
  { at, width, count }: { readonly at: number; readonly width: number; readonly count: number },
): number[] {
  const found: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const own = encoded.subarray(i * width + at, i * width + at + count);
    if (!own.every(Number.isFinite)) found.push(int32At(rows, i));
  }
  return found;
}

/** What is wrong with rows, indices from 0, whose numbers are too large. */
export function overflows(
  table: Table,
  column: Column,
  fit: OpenColumn,
  tooLarge: readonly number[],
): DataProblem[] {
  const found = hits(table, tooLarge);
  if (found === null) return [];
  const row = found.first;
  const message = `${placeOf(table, row, column)} ${saysTooLarge(spelled(column, fit, row))}.`;
  const advice = "Check the value; if it is right, use a larger unit, or `scale: zscore` when training.";
  const notes = [...found.notes, advice];
  return [error("NW0635", message, { notes, ...rowPlace(table, row), column: column.name })];
}

function spelled(column: Column, fit: OpenColumn, row: number): string {
  if (column.kind === "text") return quote(wordAt(column, row));
  const x = float64At(column.values, row);
  const reading = fit.kind === "number" ? fit.reading : null;
  return reading === null ? String(x) : reading.spell(x);
}
