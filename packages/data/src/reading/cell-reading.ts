// How cells are read that say a number in another way: truth values, dates. A type of column says how; what it has found
// out of a table's way of writing is plain JSON, which is saved with a model, and which it alone reads back.

import type { DataCode } from "../problem/codes.ts";

/** What is known of how the cells of a column are written, as it is saved. */
export type ReadingParams = Readonly<Record<string, unknown>>;

/** Why a cell is no value of its column. */
export interface CellProblem {
  readonly code: DataCode;
  /** Goes on after the place: "is `31/02/2024`, and February 2024 has 29 days". */
  readonly says: string;
  /** What to do about it, one sentence each. */
  readonly notes: readonly string[];
}

export interface CellReading {
  /** The number that a cell stands for; `cell` is not empty and has no blanks around it. */
  readonly read: (cell: string) => number | CellProblem;
  /** The number as people write it. */
  readonly spell: (x: number) => string;
}

/** A reading with what is saved of it. */
export interface OpenReading extends CellReading {
  readonly saved: SavedReading;
}

export interface SavedReading {
  /** The type of column that reads so. */
  readonly type: string;
  readonly params: ReadingParams;
}
