// What keeps a column from being one of numbers, in words.

import { count, grouped, quote } from "@netwright/definitions";
import type { OddCells } from "./summarize.ts";

/**
 * Where the numbers stop: "numbers but for 2 cells: `n/k` in row 3 (line 4), `?` in row 7 (line 8)"; of a column without any, "numbers
 * that are written in another way, in all 120 cells: `3.5 kg` in row 1 (line 2), ...".
 */
export function oddCellsText({ count: cells, first, areAll }: OddCells): string {
  const shown = first.map(
    ({ row, line, text }) => `${quote(text)} in row ${row}${line === null ? "" : ` (line ${line})`}`,
  );
  const more = cells > first.length ? `, and ${grouped(cells - first.length)} more` : "";
  const where = areAll
    ? `numbers that are written in another way, in all ${count(cells, "cell")}`
    : `numbers but for ${count(cells, "cell")}`;
  return `${where}: ${shown.join(", ")}${more}`;
}
