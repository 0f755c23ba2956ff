// The rows of one split, ready for a network.

import { int32At, ONLY_INPUT } from "@netwright/definitions";
import { type Field, type FieldData, type RowStore, rowStore, rowsAsTheyLie } from "../batch/row-store.ts";
import { type WindowPlaces, windowedRows } from "../batch/windowed-rows.ts";
import type { OpenEncoders } from "../fitted/open-encoders.ts";
import type { DataProblem } from "../problem/problem.ts";
import { type Naive, naiveOf } from "../series/naive.ts";
import type { Series } from "../series/series.ts";
import type { SavedWindow } from "../series/window-plan.ts";
import type { Windows } from "../series/windows.ts";
import type { Storage } from "../storage/storage.ts";
import type { Column, Table } from "../table/table.ts";
import { type Answers, answeredBy, type Teacher } from "../teacher/teacher-answers.ts";
import { balancedWeights, meanWeight, weightsOfClasses } from "../weight/row-weights.ts";
import { labelSeparator } from "./decode-output.ts";
import { encodeColumns, originalsOf } from "./encode-columns.ts";
import { type EncodedRows, encodeRows } from "./encode-rows.ts";
import { filledIn } from "./filled-in.ts";

/** What a training is fed as targets. */
export const TARGETS = "y";

/** And as what rows count. */
export const WEIGHTS = "weight";

/** Where it has a store, that has its targets and weights as well, in this order: `y` and `lossWeights` are not looked at. */
export interface Split extends EncodedRows {
  readonly rows: number;
  /** Where each row stands among the data rows of the file, counted from 1; ascending. */
  readonly rowNumbers: Int32Array;
  /** Encoded targets, [rows x targets], row-major; the number of its class for each row where classes are predicted. */
  readonly y: Float32Array | Int32Array;
  /** Targets in original units, [rows x targets], row-major; of classes their number; of labels 1 or 0 for each. */
  readonly target: Float64Array;
  /** What each row counts in the loss, on average over the training rows 1; absent where all count the same. */
  readonly lossWeights?: Float32Array;
  /** What each row counts in metrics, as the table says it; absent where all count the same. */
  readonly rowWeights?: Float64Array;
  /** What a teacher says of these rows; absent where there is none. */
  readonly teacher?: Answers;
  /** Of windows, each of which is a row here: what its series says by itself of what comes next. */
  readonly naive?: Naive;
  /** Of windows: their rows as they lie, each once. */
  readonly series?: LyingSeries;
}

export interface LyingSeries extends WindowPlaces {
  readonly rows: RowStore;
}

type Fed = Pick<Split, "rows" | "x" | "others" | "store" | "lossWeights" | "teacher"> &
  Partial<Pick<Split, "y">>;

/**
 * The rows under the names by which a program is fed: features as `x` and by their names, targets, where they are known, as `y`,
 * and what rows count, where they do not count the same, as `weight`.
 * @throws RangeError where the store of a split has another number of rows
 */
export function rowsOf(split: Fed): RowStore {
  const { rows, store } = split;
  if (store === undefined) return rowStore(rows, fieldsOf(split));
  if (store.rows !== rows) throw new RangeError(`a split of ${rows} rows with a store of ${store.rows}`);
  return store;
}

/** Rows `start` to `start + count - 1` as they lie, under the same names. */
export function feedsOf(split: Fed, start: number, count: number): Readonly<Record<string, FieldData>> {
  return Object.fromEntries(rowsAsTheyLie(rowsOf(split), start, count));
}

function fieldsOf(fed: Fed): Field[] {
  const { rows, x, others = [] } = fed;
  return [
    ...(x.length === 0 && others.length > 0 ? [] : [{ name: ONLY_INPUT, width: widthIn(x, rows), data: x }]),
    ...others,
    ...knownFields(fed),
  ];
}

function widthIn(data: FieldData, rows: number): number {
  return rows === 0 ? 0 : data.length / rows;
}

/** Of what is no input. */
function knownFields({
  rows,
  y,
  lossWeights,
  teacher,
}: Pick<Fed, "rows" | "y" | "lossWeights" | "teacher">): Field[] {
  return [
    ...(y === undefined ? [] : [{ name: TARGETS, width: widthIn(y, rows), data: y }]),
    ...(lossWeights === undefined ? [] : [{ name: WEIGHTS, width: 1, data: lossWeights }]),
    ...(teacher?.fields ?? []),
  ];
}

/** How the rows of a split become numbers, where that is not in memory and by the columns alone. */
export interface Encoding {
  /** Rows by whose mean weights are divided, indices from 0; those of the split where it is absent. */
  readonly train?: Int32Array;
  /** Where the encoded rows lie. */
  readonly storage?: Storage | null;
  /** For each feature that is coded by folds its numbers in these rows, [rows x numbers]. */
  readonly outOfFold?: readonly (Float32Array | null)[];
  /** Of series: the windows in these rows, each of which becomes a row. */
  readonly windows?: WindowsOfRows | null;
  /** Who has answers about the rows: with one a row need not have a target. */
  readonly teacher?: Teacher | null;
}

/** The windows in some rows of a table. */
export interface WindowsOfRows {
  readonly series: Series;
  readonly window: SavedWindow;
  readonly windows: Windows;
}

/** For windows `rows` are those of their targets. */
function windowedSplit(
  { table, columns, encoders, rows }: RowsOfColumns,
  { series: times, window, windows }: WindowsOfRows,
  known: readonly Field[],
  { storage = null, outOfFold = [], train = rows }: Encoding,
) {
  const { lying, places } = windows;
  const width = encoders.features.length;
  const byFolds = new Map(
    encoders.features.map((fit, i) => [fit, inOrderOf(lying, train, outOfFold[i] ?? null)]),
  );
  const { encoded, problems } = encodeRows(
    { table, columns: columns.slice(0, width), features: encoders.features, rows: lying },
    { storage, outOfFold: (fit) => byFolds.get(fit) ?? null },
  );
  const { length, first } = windows;
  const series: LyingSeries = { length, first, rows: rowsOf({ rows: lying.length, ...encoded }) };
  const store = windowedRows(series.rows, series, known);
  const targets = columns.slice(width, width + encoders.target.length);
  const naive = naiveOf(times, windows, window, (own) => originalsOf(targets, encoders.target, own));
  if (places.length !== rows.length) throw new Error("windows and their targets do not go together");
  return { split: { x: new Float32Array(0), store, naive, series }, problems };
}

/** Numbers of the rows `train`, ascending, in another order of some of them. */
function inOrderOf(rows: Int32Array, train: Int32Array, numbers: Float32Array | null): Float32Array | null {
  if (numbers === null) return null;
  const width = numbers.length / train.length;
  const places = new Map(Array.from(train, (row, place) => [row, place]));
  const own = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    const from = (places.get(row) ?? Number.NaN) * width;
    own.set(numbers.subarray(from, from + width), i * width);
  }
  return own;
}

interface RowsOfColumns {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly encoders: OpenEncoders;
  readonly rows: Int32Array;
}

/**
 * `columns` are the features and then the targets, in the order of `encoders`, and behind them that of weights, where there
 * is one; `rows` are indices from 0, of windows those of their targets.
 */
export function splitData(
  table: Table,
  columns: readonly Column[],
  encoders: OpenEncoders,
  rows: Int32Array,
  encoding: Encoding = {},
): { split: Split; problems: readonly DataProblem[] } {
  const { train = rows, storage = null, outOfFold = [], windows = null, teacher = null } = encoding;
  const width = encoders.features.length;
  const given = columns.slice(0, width);
  const targets = columns.slice(width, width + encoders.target.length);
  const isKnown = answeredBy(targets);
  const known = teacher === null ? rows : rows.filter(isKnown);
  const target = encodeColumns(table, targets, encoders.target, known);
  if (target.encoded instanceof Uint32Array) throw new Error("targets are no unsigned numbers");
  const y = known.length === rows.length ? target.encoded : amongRows(target.encoded, known, rows);
  const originals =
    labelSeparator(encoders) === null ? originalsOf(targets, encoders.target, rows) : Float64Array.from(y);
  const rest = {
    rows: rows.length,
    rowNumbers: numbersOf(rows),
    target: originals,
    ...weightsOf(encoders, columns[width + targets.length], originals, rows, train),
    ...(teacher === null ? {} : { teacher: teacher.answers(rows, isKnown) }),
  };
  if (windows !== null) {
    const given = { table, columns, encoders, rows };
    const found = windowedSplit(given, windows, knownFields({ ...rest, y }), encoding);
    const split = { ...rest, ...found.split, y: new Float32Array(0) };
    return { split, problems: [...found.problems, ...target.problems] };
  }
  const byFolds = new Map(encoders.features.map((fit, i) => [fit, outOfFold[i] ?? null]));
  const { encoded, problems } = encodeRows(
    { table, columns: given, features: encoders.features, rows },
    { known: knownFields({ ...rest, y }), storage, outOfFold: (fit) => byFolds.get(fit) ?? null },
  );
  const split = { ...rest, ...encoded, y: encoded.store === undefined ? y : new Float32Array(0) };
  return { split, problems: [...problems, ...target.problems] };
}

/** Targets of the rows that have one, in their places among all; 0 elsewhere, of which no loss is counted. */
function amongRows(
  y: Float32Array | Int32Array,
  known: Int32Array,
  rows: Int32Array,
): Float32Array | Int32Array {
  const width = widthIn(y, known.length);
  const all =
    y instanceof Int32Array ? new Int32Array(rows.length * width) : new Float32Array(rows.length * width);
  let next = 0;
  for (const [i, row] of rows.entries()) {
    if (known[next] !== row) continue;
    all.set(y.subarray(next * width, (next + 1) * width), i * width);
    next++;
  }
  return all;
}

/** Counted from 1. */
function numbersOf(rows: Int32Array): Int32Array {
  const numbers = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) numbers[i] = int32At(rows, i) + 1;
  return numbers;
}

function weightsOf(
  encoders: OpenEncoders,
  column: Column | undefined,
  classes: Float64Array,
  rows: Int32Array,
  train: Int32Array,
): Pick<Split, "lossWeights" | "rowWeights"> {
  const { weight } = encoders.fitted;
  if (weight === undefined) return {};
  if (weight === "balanced") {
    const byClass = balancedWeights(encoders);
    return byClass === null ? {} : { lossWeights: Float32Array.from(weightsOfClasses(byClass, classes)) };
  }
  if (column?.kind !== "number") throw new Error(`no weights in column ${weight.column}`);
  const rowWeights = filledIn(column, rows, null);
  // So a learning rate means the same whatever weights are in.
  const mean = meanWeight(filledIn(column, train, null));
  return { rowWeights, lossWeights: Float32Array.from(rowWeights, (one) => (mean === 0 ? one : one / mean)) };
}
