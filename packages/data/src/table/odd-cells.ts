// What keeps a column from being one of numbers, in words.

import { count, grouped, quote } from "@netwright/definitions";
import type { OddCells } from "./summarize.ts";

/** Where the numbers stop: "numbers but for 2 cells: `n/k` in row 3 (line 4), `?` in row 7 (line 8)". */
export function oddCellsText({ count: cells, first }: OddCells): string {
  const shown = first.map(
    ({ row, line, text }) => `${quote(text)} in row ${row}${line === null ? "" : ` (line ${line})`}`,
  );
  const more = cells > first.length ? `, and ${grouped(cells - first.length)} more` : "";
  return `numbers but for ${count(cells, "cell")}: ${shown.join(", ")}${more}`;
}
