// How many rows of a column of words lack one.

import type { Words } from "./table.ts";

/** Those with the empty word. */
export function gapsIn(column: Words): number {
  const gap = column.words.indexOf("");
  if (gap < 0) return 0;
  // Of one on a disk, all of it: only where there is something to count.
  const { codes } = column;
  let gaps = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] === gap) gaps++;
  return gaps;
}
