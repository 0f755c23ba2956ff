// What writes some columns side by side in rows, a piece of these at a time.

import type { FieldData, FieldLayout } from "../batch/row-store.ts";
import type { Place } from "../preprocess/encoder.ts";
import type { DataProblem } from "../problem/problem.ts";
import { PIECE } from "./piece.ts";

export interface RowsWriter extends Pick<FieldLayout, "width" | "array"> {
  /** `rows` are indices from 0, at most a piece of them, of which the first is number `start` of all. */
  readonly write: (rows: Int32Array, start: number, place: Place) => void;
  /** Of what has been written. */
  readonly problems: () => readonly DataProblem[];
}

/** All rows in memory, row-major. */
export function writtenRows({ width, array, write }: RowsWriter, rows: Int32Array): FieldData {
  const into = new arrayOf[array](rows.length * width);
  for (let start = 0; start < rows.length; start += PIECE) {
    const piece = rows.subarray(start, start + PIECE);
    write(piece, start, { into, at: start * width, width });
  }
  return into;
}

const arrayOf = { Float32Array, Int32Array, Uint32Array };
