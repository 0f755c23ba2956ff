// The windows that lie in some rows of series: of each the rows that the network is given, and where its target is.

import { int32At } from "@netwright/definitions";
import type { Series } from "./series.ts";

export interface Windows {
  readonly length: number;
  /** Rows of the table that are in windows, those of a series side by side in the order of time. */
  readonly lying: Int32Array;
  /** Of each window the place in `lying` of its first row; the others stand behind it. */
  readonly first: Int32Array;
  /** Of each window the place in the order of the series of the row `ahead` rows behind its last. */
  readonly places: Int32Array;
  /** The same as a row of the table, from 0; ascending. */
  readonly targets: Int32Array;
  /** How many rows follow one another at most. */
  readonly longest: number;
}

interface Wanted {
  readonly length: number;
  readonly ahead: number;
  /** Rows that may be behind a window; any of its rows where it is absent. */
  readonly targets?: Int32Array;
}

/**
 * All windows of `length` rows with a row `ahead` rows behind them, all of whose rows, also those between, are among `rows` (from 0)
 * and follow one another: none crosses a series, a gap in time, or a row that is not among them.
 */
export function windowsIn(
  { order, follows }: Pick<Series, "order" | "follows">,
  rows: Int32Array,
  { length, ahead, targets: wanted = rows }: Wanted,
): Windows {
  const [isIn, isTarget] = [marksOf(rows, order.length), marksOf(wanted, order.length)];
  const needed = length + ahead;
  const lying = new Int32Array(rows.length);
  // By the row of the target: where the window begins in `lying`, and the place of the target; -1 where there is none.
  const firstOf = new Int32Array(order.length).fill(-1);
  const placeOf = new Int32Array(order.length);
  let [laid, count, longest] = [0, 0, 0];
  for (let start = 0; start < order.length; ) {
    const end = endOfRun(order, follows, isIn, start);
    longest = Math.max(longest, end - start);
    // Rows are laid out up to the last target of the run, from the first window on.
    let next = -1;
    for (let place = start + needed - 1; place < end; place++) {
      const row = int32At(order, place);
      if (isTarget[row] !== 1) continue;
      const from = place + 1 - needed;
      if (next < 0) next = from;
      while (next <= place) lying[laid++] = int32At(order, next++);
      firstOf[row] = laid - needed;
      placeOf[row] = place;
      count++;
    }
    start = Math.max(end, start + 1);
  }
  // As the table has them, and not series by series.
  const [first, places, targets] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  let next = 0;
  for (let row = 0; row < order.length; row++) {
    const from = int32At(firstOf, row);
    if (from < 0) continue;
    first[next] = from;
    places[next] = int32At(placeOf, row);
    targets[next] = row;
    next++;
  }
  return { length, lying: lying.slice(0, laid), first, places, targets, longest };
}

function marksOf(rows: Int32Array, length: number): Uint8Array {
  const marks = new Uint8Array(length);
  for (let i = 0; i < rows.length; i++) marks[int32At(rows, i)] = 1;
  return marks;
}

/** Where the rows end that follow one another from `start` on; `start` itself where the row there is not among those asked for. */
function endOfRun(order: Int32Array, follows: Uint8Array, isIn: Uint8Array, start: number): number {
  const has = (place: number) => isIn[int32At(order, place)] === 1;
  if (!has(start)) return start;
  let end = start + 1;
  while (end < order.length && follows[end] === 1 && has(end)) end++;
  return end;
}
