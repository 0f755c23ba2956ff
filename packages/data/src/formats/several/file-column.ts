// The column that `file_column` names: for each row, which file it is from. No format holds it; it is put behind the columns
// of the files.

import { quote } from "@netwright/definitions";
import { error } from "../../problem/problem.ts";
import { codesOfFiles, filesWithRows } from "../../table/files-of-rows.ts";
import { type FileOfRows, findColumn, type Table, type Words } from "../../table/table.ts";
import type { FormatResult } from "../format.ts";

export interface FileColumn {
  readonly fileColumn?: string | undefined;
  readonly fileName?: string | undefined;
}

/** A table that is no several files may have the column by itself, as the rows of a program do, or is all of `fileName`. */
export function withFileColumn(result: FormatResult, { fileColumn, fileName }: FileColumn): FormatResult {
  if (fileColumn === undefined || !("table" in result)) return result;
  const { table } = result;
  const isThere = findColumn(table, fileColumn) !== undefined;
  if (table.files !== undefined) {
    return isThere
      ? { problems: [taken(fileColumn)] }
      : { ...result, table: withFiles(table, fileColumn, table.files) };
  }
  if (isThere) return { ...result, table: { ...table, fileColumn } };
  if (fileName === undefined) return result;
  const only = { name: table.name, shortName: fileName, firstRow: 0 };
  return { ...result, table: withFiles(table, fileColumn, [only]) };
}

function withFiles(table: Table, name: string, files: readonly FileOfRows[]): Table {
  const filled = filesWithRows(table.rows, files);
  const words: Words = {
    codes: codesOfFiles(table.rows, filled),
    words: filled.map(({ shortName }) => shortName),
  };
  return {
    ...table,
    // A name is a word, whatever it says, and no file lacks one.
    columns: [...table.columns, { kind: "text", name, ...words, gaps: 0 }],
    fileColumn: name,
    ...(table.texts === undefined ? {} : { texts: [...table.texts, words] }),
  };
}

function taken(name: string) {
  const message = `The files have a column ${quote(name)} already, and \`file_column\` adds one of that name.`;
  return error("NW0622", message, {
    notes: ["Choose another name for what is added; or leave `file_column` out, if theirs is meant."],
    setting: "file_column",
    column: name,
  });
}
