// Tables without lines, as wide as their content. Where that is wider than the terminal, each row becomes a
// block of lines, so that nothing is cut off.

import { visibleWidth } from "@netwright/lang";
import Table from "cli-table3";
import { type Colours, shownInCell } from "./colours.ts";
import { prose } from "./prose.ts";

export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
}

const NO_LINES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/** Whether a table of these cells fits into `width`. */
export function fits(columns: readonly TableColumn[], rows: readonly (readonly string[])[], width: number) {
  const widths = columns.map(({ title }, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
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
  const table = new Table({
    head: columns.map(({ title }) => colours.bold(title)),
    colAligns: columns.map(({ align }) => align ?? "left"),
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table.toString().split("\n");
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** The first column is the heading of a block. */
function renderBlocks(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { colours, width }: { readonly colours: Colours; readonly width: number },
): string {
  const [, ...rest] = columns;
  const longest = Math.max(...rest.map(({ title }) => title.length));
  const line = (title: string, cell: string): string => {
    if (cell === "") return `  ${title}`;
    const beside = prose(cell, width, `  ${title.padEnd(longest)}  `);
    const tooLong = beside.split("\n").some((part) => visibleWidth(part) > width);
    return (tooLong ? `  ${title}\n${prose(cell, width, "    ")}` : beside).trimEnd();
  };
  const blocks = rows.map(([name = "", ...cells]) => [
    colours.bold(name),
    ...rest.map(({ title }, i) => line(title, cells[i] ?? "")),
  ]);
  return `${blocks.map((lines) => lines.join("\n")).join("\n")}\n`;
}
