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
  const first = new Cells();
  for (let row = 0; row < table.rows; row++) {
    let cells = first;
    for (const column of columns) cells = cells.with(cellIn(column, row));
    cells.row = row;
  }
  return predictions.map((one) => {
    let cells: Cells | undefined = first;
    for (const name of names) cells = cells?.behind(one[name]);
    return cells?.row;
  });
}

/** Cells as they are, one column behind the other: a text of digits is no number, and a number that is none is itself alone. */
class Cells {
  row: number | undefined;
  /** None behind the last column: there are as many of these as rows. */
  #next: Map<Prediction[string], Cells> | undefined;

  behind(cell: Prediction[string] | undefined): Cells | undefined {
    return cell === undefined ? undefined : this.#next?.get(cell);
  }

  with(cell: string | number): Cells {
    this.#next ??= new Map();
    const known = this.#next.get(cell) ?? new Cells();
    this.#next.set(cell, known);
    return known;
  }
}

function cellIn(column: Column, row: number): string | number {
  return column.kind === "number" ? float64At(column.values, row) : wordAt(column, row);
}
