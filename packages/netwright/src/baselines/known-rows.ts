// The training rows of a table as simple models learn from them: all, or where there are very many a sample.

import {
  type OpenEncoders,
  permutation,
  type RowStore,
  rowsAsTheyLie,
  rowsOf,
  type Split,
  TARGETS,
  WEIGHTS,
} from "@netwright/data";
import { at, float64At } from "@netwright/definitions";
import {
  firstRows,
  layoutOfRows,
  type RowLayout,
  type SparseRows,
  sparseRows,
  stacked,
} from "./sparse-rows.ts";

/** Rows whose targets are known. */
export interface KnownRows {
  readonly x: SparseRows;
  /** [rows x outputs]: encoded numbers as a network is fed them; of classes and labels 1 or 0 for each. */
  readonly y: Float64Array;
  readonly outputs: number;
  /** [rows]: what each row counts in the loss; null where all count the same. */
  readonly weights: Float64Array | null;
}

/** Numbers of features that are not 0, and of targets, that lie in memory at once. */
const MOST_NUMBERS = 2e7;

/** Rows of which neighbours are looked for at most. */
export const MANY_ROWS = 20_000;

/** Numbers of features times outputs of which each model learns; of more some take a part. */
export const ALWAYS_TAKEN = 5e5;

/** Products of two numbers of which distances are made: some ten seconds' work. */
export const MOST_DISTANCES = 6e9;

/** Rows that are read at once. */
export const PIECE = 1024;

export interface Learning {
  /** Columns of numbers that a network predicts, or classes or labels. */
  readonly outputs: number;
  /** Rows that are to be predicted. */
  readonly asked: number;
  /** That of the file. */
  readonly seed: number;
  readonly most?: number;
}

/** Where no model needs to take a part of them, as they lie; else in an order by chance, so that the first are a sample. */
export function knownRows(
  split: Split,
  encoders: OpenEncoders,
  { outputs, asked, seed, most = MOST_NUMBERS }: Learning,
): KnownRows {
  const layout = layoutOfRows(encoders);
  const store = rowsOf(split);
  const numbers = split.rows * layout.width;
  const isWhole =
    split.rows <= MANY_ROWS &&
    numbers * outputs <= Math.min(most, ALWAYS_TAKEN) &&
    2 * numbers * asked <= MOST_DISTANCES;
  const order = isWhole ? null : permutation(split.rows, seed, 0);
  const targets = targetsOf(store, split.rows, outputs);
  const parts: SparseRows[] = [];
  let [rows, held] = [0, 0];
  while (rows < split.rows && held < most) {
    const part = sparseRows(store, layout, order, rows, Math.min(PIECE, split.rows - rows));
    parts.push(part);
    rows += part.rows;
    held += part.places.length + part.rows * outputs;
  }
  const y = new Float64Array(rows * outputs);
  const weights = targets.weights === null ? null : new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = order === null ? i : at(order, i);
    targets.write(row, y, i * outputs);
    if (weights !== null) weights[i] = targets.weights?.[row] ?? 1;
  }
  return { x: stacked(parts, layout.width), y, outputs, weights };
}

/** Piece by piece, in their order. */
export function* piecesOf(split: Split, layout: RowLayout): Generator<SparseRows> {
  const store = rowsOf(split);
  for (let start = 0; start < split.rows; start += PIECE) {
    yield sparseRows(store, layout, null, start, Math.min(PIECE, split.rows - start));
  }
}

interface Targets {
  readonly weights: ArrayLike<number> | null;
  readonly write: (row: number, into: Float64Array, at: number) => void;
}

function targetsOf(store: RowStore, rows: number, outputs: number): Targets {
  const own = store.fields.filter(({ name }) => name === TARGETS || name === WEIGHTS);
  const fields = rowsAsTheyLie(store, 0, rows, own);
  const y = fields.get(TARGETS) ?? new Float32Array(0);
  const isClass = y instanceof Int32Array;
  return {
    weights: fields.get(WEIGHTS) ?? null,
    write(row, into, from) {
      if (isClass) into[from + at(y, row)] = 1;
      else for (let i = 0; i < outputs; i++) into[from + i] = at(y, row * outputs + i);
    },
  };
}

export function firstKnown({ x, y, outputs, weights }: KnownRows, rows: number): KnownRows {
  if (rows >= x.rows) return { x, y, outputs, weights };
  return {
    x: firstRows(x, rows),
    y: y.subarray(0, rows * outputs),
    outputs,
    weights: weights?.subarray(0, rows) ?? null,
  };
}

/** [outputs]: the mean of each target over the rows, as they count. Rows of which none counts count the same. */
export function meanTargets({ x, y, outputs, weights }: KnownRows): Float64Array {
  const sums = new Float64Array(outputs);
  let total = 0;
  for (let row = 0; row < x.rows; row++) {
    const weight = weights === null ? 1 : float64At(weights, row);
    total += weight;
    for (let j = 0; j < outputs; j++) sums[j] = float64At(sums, j) + weight * float64At(y, row * outputs + j);
  }
  return sums.map((sum) => sum / total);
}
