// A table whose less important columns go below each row where the terminal is too narrow for all of them.

import type { Colours } from "./colours.ts";
import { prose } from "./prose.ts";
import { fits, renderTable, type TableColumn } from "./table.ts";

export interface FittingColumn<T> extends TableColumn {
  readonly cell: (row: T) => string;
  /** Those with the highest number go first; those without one stay. */
  readonly drop?: number;
  /** What is shown below the row once it is no column any more; else its title and the cell. */
  readonly below?: (row: T) => string;
}

interface Look {
  readonly colours: Colours;
  readonly width: number;
}

/** Ends with a line end. */
export function fittingTable<T>(
  columns: readonly FittingColumn<T>[],
  rows: readonly T[],
  look: Look,
): string {
  const cells = (shown: readonly FittingColumn<T>[]) => rows.map((row) => shown.map(({ cell }) => cell(row)));
  let shown = columns;
  while (!fits(shown, cells(shown), look.width)) {
    const next = Math.max(0, ...shown.map(({ drop = 0 }) => drop));
    // Not even the important ones fit: `renderTable` puts one below the other, and then all have room.
    if (next === 0) return renderTable(columns, cells(columns), look);
    shown = shown.filter(({ drop = 0 }) => drop < next);
  }
  const below = columns.filter((column) => !shown.includes(column)).map(belowOf);
  const table = renderTable(shown, cells(shown), look);
  if (below.length === 0) return table;
  const [head = "", ...lines] = table.trimEnd().split("\n");
  const detailed = lines.flatMap((line, i) => [
    line,
    ...rows.slice(i, i + 1).flatMap((row) =>
      details(
        below.map((cell) => cell(row)),
        look,
      ),
    ),
  ]);
  return `${[head, ...detailed].join("\n")}\n`;
}

function belowOf<T>({ title, cell, below }: FittingColumn<T>): (row: T) => string {
  if (below !== undefined) return below;
  return (row) => {
    const own = cell(row);
    return own === "" ? "" : `${title} ${own}`;
  };
}

/** As many of them in a line as fit. */
function details(cells: readonly string[], { colours, width }: Look): string[] {
  const lines: string[] = [];
  for (const text of cells.filter((cell) => cell !== "")) {
    const last = lines.at(-1);
    const longer = last === undefined ? undefined : `${last}; ${text}`;
    if (longer !== undefined && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(`    ${text}`);
  }
  return lines.flatMap((line) => prose(line, width).split("\n")).map((line) => colours.dim(line));
}
