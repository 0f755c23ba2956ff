// The groups that columns say, with what can be wrong with them.

import { at, count, int32At, listed, quote } from "@netwright/definitions";
import { hits } from "../check/hits.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { columnNames, findColumn, lacksValue, rowPhrase, rowPlace, type TextColumn } from "../table/table.ts";
import { wordColumn } from "../table/word-column.ts";
import type { RowsToDeal } from "./splitter.ts";

/** How many groups there have to be, and of what each wants one: "split", "fold". */
export interface Wanted {
  readonly what: string;
  readonly needed: number;
}

/**
 * The group of each row that is dealt out, numbered from 0 in order of appearance: rows with the same words in the columns
 * `by` are one, and so are equal rows, which have the same words everywhere but in a column of files.
 */
export function groupsBy(
  rows: RowsToDeal,
  by: readonly string[],
  { what, needed }: Wanted,
): { readonly groups: Int32Array } | { readonly problem: DataProblem } {
  const columns = by.map((name) => wordsOf(rows, name));
  for (const column of columns) {
    const missing = missingIn(rows, column, "and a row without one belongs to no group");
    if (missing !== null) return { problem: missing };
  }
  const groups = numbered(columns, rows.kept);
  const found = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  if (found >= needed) return { groups };
  const message = `There ${found === 1 ? "is" : "are"} ${count(found, "group")} by ${listed(by.map(quote))}, and each of ${count(needed, what)} needs one.`;
  const notes = ["Choose a column with more different words, or give a part 0%."];
  return { problem: error("NW0647", message, { notes, column: at(by, 0) }) };
}

/** The column as words; the plan has seen to it that there is one. */
export function wordsOf({ table }: Pick<RowsToDeal, "table">, name: string): TextColumn {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`no column ${name} among ${columnNames(table).join()}`);
  return wordColumn(column, table.numbers);
}

/** The first of the rows without a value, as a problem; `null` where all have one. */
export function missingIn(
  { table, kept }: Pick<RowsToDeal, "table" | "kept">,
  column: TextColumn,
  why: string,
): DataProblem | null {
  const found = hits(table, column.gaps === 0 ? [] : kept.filter((row) => lacksValue(column, row)));
  if (found === null) return null;
  const message = `In ${rowPhrase(table, found.first)} of ${quote(table.name)}, column ${quote(column.name)} has no value, ${why}.`;
  const notes = [...found.notes, "Fill it in, leave the row out, or divide the rows otherwise."];
  return error("NW0631", message, { notes, column: column.name, ...rowPlace(table, found.first) });
}

/** Several columns one after the other: a group so far and a word make the next one. */
function numbered(columns: readonly TextColumn[], kept: Int32Array): Int32Array {
  let groups = new Int32Array(kept.length);
  for (const { codes, words } of columns) {
    const known = new Map<number, number>();
    groups = groups.map((group, position) => {
      // Exact, as neither is more than there are rows.
      const key = group * words.length + int32At(codes, int32At(kept, position));
      const number = known.get(key) ?? known.size;
      known.set(key, number);
      return number;
    });
  }
  return groups;
}
