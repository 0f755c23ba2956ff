// Tables without lines, as wide as their content. Where that is wider than the terminal, each row becomes a
// block of lines, so that nothing is cut off.

import stringWidth from "string-width";
import { type Colours, shownInCell } from "./colours.ts";
import { prose } from "./prose.ts";

export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** Whether a table of these cells fits into `width`. */
export function fits(columns: readonly TableColumn[], rows: readonly (readonly string[])[], width: number) {
  const widths = columns.map(({ title }, i) => widest([title, ...rows.map((row) => row[i] ?? "")]));
  return widths.reduce((sum, one) => sum + one, 2 * (columns.length - 1)) <= width;
}

/** Ends with a line end. */
export function renderTable(
  titled: readonly TableColumn[],
  cells: readonly (readonly string[])[],
  { colours, width }: { readonly colours: Colours; readonly width: number },
): string {
  // Names of columns and words of a file are a stranger's, and each cell is one line.
  const columns = titled.map((column) => ({ ...column, title: shownInCell(column.title) }));
  const rows = cells.map((row) => row.map(shownInCell));
  if (!fits(columns, rows, width)) return renderBlocks(columns, rows, { colours, width });
  const widths = columns.map(({ title }, i) => widest([title, ...rows.map((row) => row[i] ?? "")]));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => padded(cell, widths[i] ?? 0, columns[i]?.align)).join("  ");
  const head = line(columns.map(({ title }) => (title === "" ? "" : colours.bold(title))));
  return `${[head, ...rows.map(line)].map((text) => text.trimEnd()).join("\n")}\n`;
}

/** In columns of a terminal, of which some characters take two. */
function widest(cells: readonly string[]): number {
  return cells.reduce((most, cell) => Math.max(most, stringWidth(cell)), 0);
}

function padded(cell: string, width: number, align: TableColumn["align"]): string {
  const blanks = " ".repeat(Math.max(0, width - stringWidth(cell)));
  return align === "right" ? blanks + cell : cell + blanks;
}

/**
 * The first column is the heading of a block, and its title stands above them all: in several tables it says what each is of.
 * A title with nothing beside it would look as if a value had been left out: an empty cell has no line.
 */
function renderBlocks(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { colours, width }: { readonly colours: Colours; readonly width: number },
): string {
  const [first, ...rest] = columns;
  const longest = widest(rest.map(({ title }) => title));
  const line = (title: string, cell: string): readonly string[] => {
    if (cell === "") return [];
    const beside = prose(cell, width, `  ${padded(title, longest, "left")}  `);
    const tooLong = beside.split("\n").some((part) => stringWidth(part) > width);
    return [(tooLong ? `  ${title}\n${prose(cell, width, "    ")}` : beside).trimEnd()];
  };
  const blocks = rows.map(([name = "", ...cells]) => [
    colours.bold(name),
    ...rest.flatMap(({ title }, i) => line(title, cells[i] ?? "")),
  ]);
  const above = first === undefined || first.title === "" ? [] : [`${first.title}:`];
  return `${[...above, ...blocks.map((lines) => lines.join("\n"))].join("\n")}\n`;
}
