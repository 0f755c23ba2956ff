// A table whose less important columns are left out where the terminal is too narrow for all of them.

import type { Colours } from "./colours.ts";
import { fits, renderTable, type TableColumn } from "./table.ts";

export interface FittingColumn<T> extends TableColumn {
  readonly cell: (row: T) => string;
  /** Those with the highest number go first; those without one stay. */
  readonly drop?: number;
}

/** Ends with a line end. */
export function fittingTable<T>(
  columns: readonly FittingColumn<T>[],
  rows: readonly T[],
  look: { readonly colours: Colours; readonly width: number },
): string {
  const cells = (shown: readonly FittingColumn<T>[]) => rows.map((row) => shown.map(({ cell }) => cell(row)));
  let shown = columns;
  while (!fits(shown, cells(shown), look.width)) {
    const next = Math.max(0, ...shown.map(({ drop = 0 }) => drop));
    // Not even the important ones fit: `renderTable` puts one below the other, and then all have room.
    if (next === 0) return renderTable(columns, cells(columns), look);
    shown = shown.filter(({ drop = 0 }) => drop < next);
  }
  return renderTable(shown, cells(shown), look);
}
