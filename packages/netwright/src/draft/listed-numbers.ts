// Columns of lists of numbers, as many in each cell.

import { readList } from "@netwright/data";

/** More numbers in a cell are no features that a draft makes one by one. */
const MOST = 256;

/** How many numbers each of the cells lists; `null` where they are no such lists. */
export function listedNumbers(words: readonly string[]): number | null {
  const [first] = words;
  if (first === undefined || !words.every(isList)) return null;
  const length = first
    .replace(/^[[(]|[\])]$/g, "")
    .trim()
    .split(first.includes(";") ? ";" : first.includes(",") ? "," : /\s+/).length;
  if (length < 2 || length > MOST) return null;
  return words.every((word) => readList(word, length) instanceof Float64Array) ? length : null;
}

/** Two numbers without brackets are more often one: `1,234`, `1 234`, `12,5`. */
function isList(cell: string): boolean {
  return /^[[(].*[\])]$/.test(cell) || cell.includes(";") || (cell.match(/[\s,]+/g) ?? []).length > 1;
}
