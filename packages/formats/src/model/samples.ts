// Rows made of the contract alone, with Netwright's own answers: what an export is held to after it has been written.

import type { FieldData } from "@netwright/data";

/** What a host is given for a column: dates as seconds, truth values as 1 and 0, null for an empty cell. */
export type SampleValue = number | string | null;

export interface SampleRow {
  /** By the names of the columns, as a host is given them. */
  readonly values: Readonly<Record<string, SampleValue>>;
  /** The same as a table has them: dates and truth values as text. */
  readonly cells: Readonly<Record<string, SampleValue>>;
}

/** A row that is to be refused, and what is wrong with it. */
export interface RefusedRow extends SampleRow {
  readonly column: string;
  readonly because: "empty" | "unknown word" | "below the range" | "above the range" | "not whole";
}

/** By the names of targets: a number in original units, or a word. What stands beside predictions is not among them. */
export type SampleAnswer = Readonly<Record<string, number | string>>;

export interface Samples {
  readonly seed: number;
  /** Rows of one prediction: those of a window, else 1. */
  readonly length: number;
  /** `length` rows for each prediction, one behind the other. None of a model of pictures, for which no cell is made. */
  readonly rows: readonly SampleRow[];
  /** What the network is fed for them by the names of its inputs: [predictions x numbers], row-major. */
  readonly inputs: ReadonlyMap<string, FieldData>;
  /** What it gives behind its link: [predictions x `widthOf` of the outputs]. */
  readonly given: Float32Array | Float64Array;
  /** Of classes that is the word; the shares stand in `given`, before any temperature. */
  readonly answers: readonly SampleAnswer[];
  /** Empty where the model takes all that a table may hold. Of windows none are made. */
  readonly refused: readonly RefusedRow[];
}
