// Arrays to the columns of a table: an array of one dimension is one, one of two dimensions one for each of its columns.

import type { NumberFormat } from "../../table/number-text.ts";
import type { Column } from "../../table/table.ts";
import { CellColumn } from "../cell-column.ts";
import { numberColumn } from "../number-column.ts";
import type { NpyArray } from "./npy-array.ts";

/** `names` are those of its columns. */
export function columnsOf(array: NpyArray, names: readonly string[], format: NumberFormat): Column[] {
  return names.map((name, i) => {
    const values = array.column(i);
    if (values instanceof Float64Array) return numberColumn(name, values, format);
    const column = new CellColumn(name, array.rows);
    for (const text of values) column.put(text);
    return column.column(format);
  });
}
