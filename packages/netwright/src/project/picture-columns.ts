// Columns whose cells may name files of pictures: those that are described as images and are not made of columns.

import { type Table, withPictureFiles } from "@netwright/data";
import type { DataSettings } from "@netwright/lang";
import type { ReadBytes } from "../files/files.ts";
import { fromData } from "./diagnostics.ts";
import { accept, type Checked, reject } from "./result.ts";

export function pictureColumns({ columns }: Pick<DataSettings, "columns">): readonly string[] {
  return Object.entries(columns).flatMap(([name, { name: type, args }]) =>
    type === "image" && args["columns"] === null ? [name] : [],
  );
}

/** The table with the pictures that it names. Where none can be read, cells stay as they are. */
export function withPictures(
  table: Table,
  names: readonly string[],
  read: ((path: string) => ReadBytes) | undefined,
  section?: DataSettings,
): Checked<Table> {
  if (names.length === 0 || read === undefined) return accept(table);
  const found = withPictureFiles(table, names, read);
  if ("table" in found) return accept(found.table);
  const settings = found.problems.map((problem) => ({ ...problem, setting: `columns.${problem.column}` }));
  return reject(settings.map((problem) => fromData(problem, section)));
}
