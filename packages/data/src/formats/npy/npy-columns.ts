// Arrays to the columns of a table: an array of one dimension is one, one of two dimensions one for each of its columns.

import type { NumberFormat } from "../../table/number-text.ts";
import type { Column, InexactColumn } from "../../table/table.ts";
import { CellColumn } from "../cell-column.ts";
import { numberColumn } from "../number-column.ts";
import type { NpyArray } from "./npy-array.ts";

export interface NpyColumns {
  readonly columns: readonly Column[];
  readonly inexact: readonly InexactColumn[];
}

/** `names` are those of its columns. */
export function columnsOf(array: NpyArray, names: readonly string[], format: NumberFormat): NpyColumns {
  const inexact: InexactColumn[] = [];
  const columns = names.map((name, i): Column => {
    const values = array.column(i);
    if (values.texts === undefined) {
      if (values.lost > 0) inexact.push({ name, rows: values.lost });
      return numberColumn(name, values.numbers, format);
    }
    const column = new CellColumn(name, array.rows);
    for (const text of values.texts) column.put(text);
    return column.column(format);
  });
  return { columns, inexact };
}
