// Which file each row of a table comes from, where it is several files.

import type { FileOfRows } from "./table.ts";

/** Those that rows come from. */
export function filesWithRows(rows: number, files: readonly FileOfRows[]): readonly FileOfRows[] {
  return files.filter(({ firstRow }, i) => firstRow < (files[i + 1]?.firstRow ?? rows));
}

/** For each row the place of its file, from 0. */
export function codesOfFiles(rows: number, files: readonly FileOfRows[]): Int32Array {
  const codes = new Int32Array(rows);
  for (const [i, { firstRow }] of files.entries()) codes.fill(i, firstRow, files[i + 1]?.firstRow ?? rows);
  return codes;
}
