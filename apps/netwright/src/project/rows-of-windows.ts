// Which row of a table each prediction from a window is for: the cells that say so stand beside it.

import { type Column, findColumn, type Table, wordAt } from "@netwright/data";
import { float64At } from "@netwright/definitions";
import type { Prediction } from "netwright";

/** From 0; undefined of what comes behind the table. `names` are the columns that tell series apart, and when a row is. */
export function rowsOfWindows(
  table: Table,
  names: readonly string[],
  predictions: readonly Prediction[],
): readonly (number | undefined)[] {
  const columns = names.flatMap((name) => findColumn(table, name) ?? []);
  const byPlace = new Map(
    Array.from({ length: table.rows }, (_, row) => [
      JSON.stringify(columns.map((column) => cellIn(column, row))),
      row,
    ]),
  );
  return predictions.map((one) => byPlace.get(JSON.stringify(names.map((name) => one[name]))));
}

function cellIn(column: Column, row: number): string | number {
  return column.kind === "number" ? float64At(column.values, row) : wordAt(column, row);
}
