// A column as a type would read it, for whoever has to choose one.

import type { Args } from "@netwright/definitions";
import type { ColumnType } from "../columns/column-type.ts";
import type { Column, Table } from "../table/table.ts";
import { wordColumn } from "../table/word-column.ts";
import type { OpenReading } from "./cell-reading.ts";
import { settleReading } from "./open-reading.ts";
import { type ReadCells, readCells } from "./read-cells.ts";

export interface ReadAs extends ReadCells {
  readonly reading: OpenReading;
}

/** `null` for a type that reads cells as those of any column. */
export function readAs(
  { numbers }: Pick<Table, "numbers">,
  column: Column,
  type: ColumnType,
  args: Args,
): ReadAs | null {
  const words = wordColumn(column, numbers);
  const reading = settleReading(type, words.words, args);
  return reading === null ? null : { ...readCells(words, numbers, reading), reading };
}
