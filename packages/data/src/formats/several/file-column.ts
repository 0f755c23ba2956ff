// The columns that `file_column` and `folder_column` name: for each row, which file it is from, and in which folder that is. No
// format holds them; they are put behind the columns of the files.

import { int32At, lookUp, quote } from "@netwright/definitions";
import { error } from "../../problem/problem.ts";
import { codesOfFiles, filesWithRows } from "../../table/files-of-rows.ts";
import type { ReadSettings } from "../../table/read-settings.ts";
import { type FileOfRows, findColumn, type Table, type Words } from "../../table/table.ts";
import type { FormatResult } from "../format.ts";

export interface FileColumn {
  readonly fileColumn?: string | undefined;
  readonly folderColumn?: string | undefined;
  readonly fileName?: string | undefined;
}

/** A table that is no several files may have the column by itself, as the rows of a program do, or is all of `fileName`. */
export function withFileColumn(result: FormatResult, { fileColumn, fileName }: FileColumn): FormatResult {
  if (fileColumn === undefined || !("table" in result)) return result;
  const { table } = result;
  const isThere = findColumn(table, fileColumn) !== undefined;
  if (table.files !== undefined) {
    return isThere
      ? { problems: [taken(fileColumn, "file_column")] }
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

/** The same of the folder: the path of the file without its name, from where the pattern leaves it open. */
export function withFolderColumn(
  result: FormatResult,
  { folderColumn, anySheet }: FileColumn & Pick<ReadSettings, "anySheet">,
): FormatResult {
  if (folderColumn === undefined || !("table" in result)) return result;
  const { table } = result;
  if (table.files === undefined) return result;
  if (findColumn(table, folderColumn) !== undefined)
    return { problems: [taken(folderColumn, "folder_column")] };
  const filled = filesWithRows(table.rows, table.files);
  const folders = filled.map(({ shortName }) => shortName.slice(0, Math.max(0, shortName.lastIndexOf("/"))));
  // What is predicted need not lie in folders.
  if (folders.includes("")) return anySheet === true ? result : { problems: [noFolder(table.name)] };
  const words = [...new Set(folders)];
  const places = new Map(words.map((folder, i) => [folder, i]));
  const ofFiles = Int32Array.from(folders, (folder) => lookUp(places, folder));
  const codes = codesOfFiles(table.rows, filled).map((file) => int32At(ofFiles, file));
  return {
    ...result,
    table: {
      ...table,
      columns: [...table.columns, { kind: "text", name: folderColumn, codes, words, gaps: 0 }],
      ...(table.texts === undefined ? {} : { texts: [...table.texts, { codes, words }] }),
    },
  };
}

function noFolder(name: string) {
  const message = `\`folder_column\` adds the folder of each file, and the pattern ${quote(name)} leaves none open.`;
  const notes = ['A pattern with a folder for each class is `"digits/*/*.png"`.'];
  return error("NW0643", message, { notes, setting: "folder_column" });
}

function taken(name: string, setting: "file_column" | "folder_column") {
  const message = `The files have a column ${quote(name)} already, and \`${setting}\` adds one of that name.`;
  return error("NW0622", message, {
    notes: [`Choose another name for what is added; or leave \`${setting}\` out, if theirs is meant.`],
    setting,
    column: name,
  });
}
