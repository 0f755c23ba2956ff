// Checked columns to the numbers that a network takes. All in f64 in plain order, then rounded to f32 once.

import { float64At, int32At, quote } from "@netwright/definitions";
import { placeOf } from "../check/column-problem.ts";
import { hits } from "../check/hits.ts";
import { saysTooLarge } from "../check/says.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import type { Place } from "../preprocess/encoder.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { type Room, roomFor } from "../table/room.ts";
import { type Column, codesAt, rowPlace, type Table, takeValues, wordAt } from "../table/table.ts";
import { filledWords, fillGaps } from "./filled-in.ts";
import { sizeOf, widthOf } from "./inputs.ts";
import type { RowsWriter } from "./rows-writer.ts";
import { arithmeticWriter } from "./scale-numbers.ts";
import { type OutOfFold, writeOutOfFold } from "./with-out-of-fold.ts";

export interface ColumnsToWrite {
  readonly table: Table;
  readonly columns: readonly Column[];
  /** One for each column. Indices become whole numbers, all else f32. */
  readonly fitted: readonly OpenColumn[];
  readonly outOfFold?: OutOfFold;
}

export function columnsWriter({
  table,
  columns,
  fitted,
  outOfFold = () => null,
}: ColumnsToWrite): RowsWriter {
  const rooms = { values: roomFor(Float64Array), span: roomFor(Float64Array) };
  let width = 0;
  const writers = fitted.map((fit, j) => {
    const column = columns[j];
    if (column === undefined) throw new Error(`no column ${fit.fitted.name}`);
    const offset = width;
    width += widthOf(fit);
    const tooLarge: number[] = [];
    return { ...columnWriter(fit, column, rooms), fit, column, offset, byFolds: outOfFold(fit), tooLarge };
  });
  const indices = fitted.length > 0 && fitted.every((fit) => fit.coding.output.kind === "index");
  return {
    width,
    array: indices ? "Int32Array" : "Float32Array",
    write(rows, start, place) {
      for (const { write, offset } of writers) write(rows, { ...place, at: place.at + offset });
      if (indices) return;
      if (!areFinite(place, rows.length, width))
        for (const { offset, checked, tooLarge } of writers)
          for (const row of notFinite(rows, { ...place, at: place.at + offset }, checked)) tooLarge.push(row);
      for (const { byFolds, fit, offset } of writers) {
        const own = sizeOf(fit.coding.output);
        const folded = byFolds?.subarray(start * own, (start + rows.length) * own);
        if (folded !== undefined) writeOutOfFold(folded, own, { ...place, at: place.at + offset });
      }
    },
    problems: () => writers.flatMap(({ fit, column, tooLarge }) => overflows(table, column, fit, tooLarge)),
  };
}

/** How a column is written beside the others. */
interface ColumnWriter {
  /** How many of its numbers may be too large for f32. */
  readonly checked: number;
  readonly write: (rows: Int32Array, place: Place) => void;
}

interface Rooms {
  readonly values: Room<Float64Array>;
  readonly span: Room<Float64Array>;
}

function columnWriter(fit: OpenColumn, column: Column, rooms: Rooms): ColumnWriter {
  const own = sizeOf(fit.coding.output);
  const marks = fit.fitted.missing.indicator === true;
  if (fit.kind === "number" && column.kind === "number") {
    const { fill } = fit.fitted.missing;
    const { scaling, write: writeValues } = fit.coding;
    const put = (scaling?.steps ? arithmeticWriter(scaling.steps.apply) : null) ?? writeValues;
    return {
      checked: widthOf(fit),
      write(rows, place) {
        const values = rooms.values(rows.length);
        takeValues(column, rows, values, rooms.span);
        if (marks) writeMarks(rows.length, (i) => Number.isNaN(values[i]), { ...place, at: place.at + own });
        if (column.gaps > 0) fillGaps(values, fill);
        put(values, place);
      },
    };
  }
  if (fit.kind === "words" && column.kind === "text") {
    const { words, codesIn } = filledWords(column, fit.fitted.missing.fill);
    const writeWords = fit.coding.writer(words);
    const gap = column.words.indexOf("");
    return {
      checked: fit.coding.check === undefined ? 0 : own,
      write(rows, place) {
        writeWords(codesIn(rows), place);
        if (!marks) return;
        const codes = codesAt(column, rows);
        writeMarks(rows.length, (i) => gap >= 0 && codes[i] === gap, { ...place, at: place.at + own });
      },
    };
  }
  throw new Error(`no encoder for column ${fit.fitted.name}`);
}

/** 1 where the row lacks a value. */
function writeMarks(rows: number, lacks: (i: number) => boolean, { into, at, width }: Place): void {
  for (let i = 0; i < rows; i++) into[at + i * width] = lacks(i) ? 1 : 0;
}

function areFinite({ into, at, width }: Place, rows: number, count: number): boolean {
  // NaN as soon as one is not.
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const first = at + row * width;
    for (let i = first; i < first + count; i++) sum += (into[i] ?? Number.NaN) * 0;
  }
  return sum === 0;
}

/** The rows with one among `count` numbers. */
function notFinite(rows: Int32Array, { into, at, width }: Place, count: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const first = at + i * width;
    if (!into.subarray(first, first + count).every(Number.isFinite)) found.push(int32At(rows, i));
  }
  return found;
}

/** What is wrong with rows, indices from 0, whose numbers are too large. */
function overflows(
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
