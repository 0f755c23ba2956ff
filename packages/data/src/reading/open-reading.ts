// What is saved of how a column was read, in use: here are the types of columns that it names.

import type { ByName } from "@netwright/definitions";
import type { ColumnType } from "../columns/column-type.ts";
import type { OpenReading, SavedReading } from "./cell-reading.ts";

/** `null` where there is no such type, or what is saved is not what it settles. */
export function openReading(saved: SavedReading, types: ByName<ColumnType>): OpenReading | null {
  const reading = types.get(saved.type)?.reading?.(saved.params) ?? null;
  return reading === null ? null : { ...reading, saved };
}

/** Of a column in training, from all its different cells; `null` where cells are read as those of any column. */
export function settleReading(
  type: ColumnType,
  words: readonly string[],
  args: Parameters<NonNullable<ColumnType["settle"]>>[1],
): OpenReading | null {
  const { name, settle, reading } = type;
  if (settle === null) return null;
  // What is used at once is what a loaded model has.
  const params: SavedReading["params"] = JSON.parse(JSON.stringify(settle(words, args)));
  const opened = reading?.(params) ?? null;
  if (opened === null) throw new Error(`the type of column ${name} cannot read what it has settled`);
  return { ...opened, saved: { type: name, params } };
}
