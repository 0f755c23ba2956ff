// Rows that share one problem are reported once: the first in full, the others counted and a few of them named.

import { at, grouped, listed } from "@netwright/definitions";
import { rowPhrase, type Table } from "../table/table.ts";

const NAMED = 5;

export interface Hits {
  /** Index of the first row, counted from 0. */
  readonly first: number;
  /** One sentence about the others, or none. */
  readonly notes: readonly string[];
}

/** `rows` are indices from 0; `null` if there are none. */
export function hits(table: Table, rows: ArrayLike<number>): Hits | null {
  const first = rows[0];
  if (first === undefined) return null;
  const others = rows.length - 1;
  if (others === 0) return { first, notes: [] };
  const named = Array.from({ length: Math.min(others, NAMED) }, (_, i) => rowPhrase(table, at(rows, i + 1)));
  const rest = others > NAMED ? `, and ${grouped(others - NAMED)} more` : "";
  const places = others > NAMED ? named.join(", ") : listed(named);
  return {
    first,
    notes: [
      `Likewise in ${others === 1 ? "one other row" : `${grouped(others)} other rows`}: ${places}${rest}.`,
    ],
  };
}
