// What comes next in a series to whoever looks at its past alone: the last value, or that of the season before. What a model
// of windows has to beat.

import { at } from "@netwright/definitions";
import { rowBefore, type Series } from "./series.ts";
import type { SavedWindow } from "./window-plan.ts";
import type { Windows } from "./windows.ts";

/** Targets in original units, [windows x targets], row-major. */
export interface Naive {
  /** Of the last row of each window. */
  readonly last: Float64Array;
  /**
   * Of the row whole seasons before the target, as late as is known when it is predicted; the last value where the table has no
   * such row. Null where it is not known when it comes round.
   */
  readonly seasonal: Float64Array | null;
}

/** `valuesOf` gives the targets in those rows of the table, from 0, NaN where they are not known. */
export function naiveOf(
  series: Series,
  { places }: Windows,
  { horizon, season, step }: SavedWindow,
  valuesOf: (rows: Int32Array) => Float64Array,
): Naive {
  const behind = (steps: number) => places.map((place) => rowBefore(series, place, steps, step));
  const last = valuesOf(behind(horizon));
  if (season === null) return { last, seasonal: null };
  const rows = behind(season * Math.ceil(horizon / season));
  const known = rows.filter((row) => row >= 0);
  const values = valuesOf(known);
  const width = places.length === 0 ? 0 : last.length / places.length;
  const seasonal = last.slice();
  let next = 0;
  for (const [i, row] of rows.entries()) {
    if (row < 0) continue;
    for (let j = 0; j < width; j++) {
      const value = at(values, next * width + j);
      if (!Number.isNaN(value)) seasonal[i * width + j] = value;
    }
    next++;
  }
  return { last, seasonal };
}
