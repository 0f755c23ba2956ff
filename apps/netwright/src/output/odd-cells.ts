// What keeps a column from being one of numbers, in a sentence or two.

import type { ColumnSummary } from "@netwright/data";
import { grouped } from "./numbers.ts";

/** For a nearly numeric column: its first cells that are no numbers, with row and line, and how to mend them. */
export function oddCellsText({ name, oddCells: { count, first, hint } }: ColumnSummary): string {
  const cells = first.map(
    ({ row, line, text }) => `\`${oneLine(text)}\` in row ${row}${line === null ? "" : ` (line ${line})`}`,
  );
  const more = count > first.length ? `, and ${grouped(count - first.length)} more` : "";
  const are = count === 1 ? "1 cell is no number" : `${grouped(count)} cells are no numbers`;
  const sentence = `${name} is text, as ${are}: ${cells.join(", ")}${more}.`;
  return hint === "" ? sentence : `${sentence} ${hint}`;
}

const LONGEST = 40;

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}
