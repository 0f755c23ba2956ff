// Columns that nobody has described and whose cells name files of pictures: found by the endings of these names, and opened.

import { at, count, grouped, quote } from "@netwright/definitions";
import { type Column, rowPhrase, type Table, type TextColumn } from "../table/table.ts";
import { openPicture, type ReadPictureFile } from "./open-picture.ts";
import { isProblem, pictureKind } from "./picture.ts";
import { cellOfBytes, isPath } from "./picture-bytes.ts";
import { statedPicture } from "./stated-picture.ts";

export interface NamedPictures {
  /** With the pictures in the place of their names, in columns of which all can be read. */
  readonly table: Table;
  /** The other columns of such names, and why each is none of pictures. */
  readonly unread: ReadonlyMap<string, string>;
}

/** Those of pictures that are not read are told as such. */
const CALLED = /\.(?:png|jpe?g|jfif|gif|webp|bmp|tiff?|heic|heif|avif|svg)$/i;
/** Of the names in a column: others are told as what they are. */
const MOST = 0.5;

/** `isGap` says which words stand for no value. */
export function takingNamedPictures(
  table: Table,
  read: ReadPictureFile,
  isGap: (word: string) => boolean,
): NamedPictures {
  const unread = new Map<string, string>();
  const columns = table.columns.map((column): Column => {
    if (column.kind !== "text") return column;
    const names = new Set(column.words.filter((word) => isPath(word) && !isGap(word)));
    const called = [...names].filter((name) => CALLED.test(name));
    // One picture in all rows says nothing, whatever it shows.
    if (called.length < 2 || called.length <= MOST * names.size) return column;
    const reasons = new Map<number, string>();
    const words = column.words.map((word, code) => {
      if (!names.has(word)) return word;
      const opened = opening(word, read);
      if (opened.ok) return cellOfBytes(opened.bytes);
      reasons.set(code, opened.reason);
      return word;
    });
    if (reasons.size === 0) return { ...column, words };
    unread.set(column.name, reasonOf(table, column, reasons, names.size));
    return column;
  });
  return { table: { ...table, columns }, unread };
}

function opening(name: string, read: ReadPictureFile): ReturnType<ReadPictureFile> {
  const opened = openPicture(name, read);
  const kind = opened.ok ? pictureKind(opened.bytes) : null;
  if (!opened.ok || kind === null) return opened;
  const stated = statedPicture(opened.bytes, kind);
  return isProblem(stated) ? { ok: false, reason: `it ${stated.says}` } : opened;
}

function reasonOf(
  table: Table,
  { codes, words }: TextColumn,
  reasons: ReadonlyMap<number, string>,
  files: number,
): string {
  const row = codes.findIndex((code) => reasons.has(code));
  const code = at(codes, row);
  const example = `${quote(at(words, code))} in ${rowPhrase(table, row)}: ${reasons.get(code) ?? ""}`;
  if (reasons.size === files)
    return `names ${count(files, "file")} of pictures, none of which can be read, as ${example}. Files are looked for where the table is, or below`;
  return `names ${count(files, "file")} of pictures, of which ${grouped(reasons.size)} cannot be read, as ${example}. With these in place, or without their rows, it is drafted as \`image\``;
}
