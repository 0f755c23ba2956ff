// A splitter by its name, on rows that differ as their groups do, or on a table.

import type { Args } from "@netwright/definitions";
import { type DataProblem, PLAIN_NUMBERS, splitters, type Table } from "../../src/index.ts";
import type { RowSplits } from "../../src/split/split-rows.ts";
import { isProblem } from "../../src/split/splitter.ts";
import { duplicateGroups } from "../../src/table/duplicate-rows.ts";

interface Rows {
  readonly groups: Int32Array;
  readonly classes: Int32Array | null;
}

/** Of rows that have nothing but the number of their group. */
export function dealt(name: string, { groups, classes }: Rows, args: Args): RowSplits {
  const table: Table = {
    name: "groups",
    rows: groups.length,
    columns: [
      {
        kind: "number",
        name: "group",
        values: Float64Array.from(groups),
        missing: new Uint8Array(groups.length),
        gaps: 0,
      },
    ],
    lines: null,
    numbers: PLAIN_NUMBERS,
  };
  const result = dealtOf(name, table, args, classes);
  if (isProblem(result)) throw new Error(result.message);
  return result;
}

export function dealtOf(
  name: string,
  table: Table,
  args: Args,
  classes: Int32Array | null = null,
): RowSplits | DataProblem {
  const splitter = splitters.get(name);
  if (splitter === undefined) throw new Error(`no splitter ${name}`);
  const kept = Int32Array.from({ length: table.rows }, (_, row) => row);
  return splitter.deal({ groups: duplicateGroups(table, kept), classes, table, kept }, args);
}

/** Of a table that can be dealt out. */
export function splitsOf(
  name: string,
  table: Table,
  args: Args,
  classes: Int32Array | null = null,
): RowSplits {
  const result = dealtOf(name, table, args, classes);
  if (isProblem(result)) throw new Error(result.message);
  return result;
}
