// Whether the values of a column lie so far out that scaling by mean and deviation leaves nothing of the others.

import { type ColumnSummary, findColumn, presentIn, type Table } from "@netwright/data";
import { float64At } from "@netwright/definitions";

/** In fewer rows a tail is a row or two. */
const FEWEST_ROWS = 100;
/** Interquartile ranges from the median. */
const FAR = 30;

export function hasLongTail(table: Table, { name, min, max }: ColumnSummary): boolean {
  const column = findColumn(table, name);
  if (column?.kind !== "number" || table.rows - column.gaps < FEWEST_ROWS) return false;
  const sorted = presentIn(column, Int32Array.from(column.values.keys())).sort();
  const at = (share: number) => float64At(sorted, Math.floor(share * (sorted.length - 1)));
  const [low, median, high] = [at(0.25), at(0.5), at(0.75)];
  if (high <= low) return false;
  return Math.max((max ?? median) - median, median - (min ?? median)) > FAR * (high - low);
}
