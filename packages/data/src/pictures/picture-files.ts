// Cells that name files of pictures, with these files in their place: a model knows pictures, wherever they come from.

import { placeOf } from "../check/column-problem.ts";
import { hits } from "../check/hits.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { type Column, rowPlace, type Table, type TextColumn } from "../table/table.ts";
import { openPicture, type ReadPictureFile } from "./open-picture.ts";
import { cellOfBytes, isPath } from "./picture-bytes.ts";

/** `names` are columns of pictures. Each file is read once. */
export function withPictureFiles(
  table: Table,
  names: readonly string[],
  read: ReadPictureFile,
): { readonly table: Table } | { readonly problems: readonly DataProblem[] } {
  const problems: DataProblem[] = [];
  const columns = table.columns.map((column): Column => {
    if (column.kind !== "text" || !names.includes(column.name)) return column;
    const unread = new Map<number, string>();
    const words = column.words.map((word, code) => {
      if (!isPath(word)) return word;
      const found = openPicture(word, read);
      if (found.ok) return cellOfBytes(found.bytes);
      unread.set(code, found.reason);
      return word;
    });
    const { kind, name, codes, gaps } = column;
    problems.push(...unreadIn(table, { name, codes, words: column.words }, unread));
    return { kind, name, codes, words, gaps };
  });
  return problems.length > 0 ? { problems } : { table: { ...table, columns } };
}

function unreadIn(
  table: Table,
  column: Pick<TextColumn, "name" | "codes" | "words">,
  unread: ReadonlyMap<number, string>,
): DataProblem[] {
  if (unread.size === 0) return [];
  const rows = [...column.codes.keys()].filter((row) => unread.has(column.codes[row] ?? -1));
  const found = hits(table, rows);
  if (found === null) return [];
  const code = column.codes[found.first] ?? 0;
  const message = `${placeOf(table, found.first, column)} names the file \`${column.words[code] ?? ""}\`, which cannot be read: ${unread.get(code) ?? ""}.`;
  const notes = [...found.notes, "Files of pictures are looked for where the table is, or below."];
  return [error("NW0642", message, { notes, ...rowPlace(table, found.first), column: column.name })];
}
