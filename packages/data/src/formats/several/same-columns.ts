// Files of one table have the same columns in the same order.

import { count, cutList, quote } from "@netwright/definitions";
import { type DataProblem, error } from "../../problem/problem.ts";

export interface NamedColumns {
  readonly file: string;
  readonly names: readonly string[];
}

/** What is wrong with the columns of a file beside those of the first; `null` where they are the same. */
export function otherColumns(first: NamedColumns, { file, names }: NamedColumns): DataProblem | null {
  if (names.length === first.names.length && names.every((name, i) => name === first.names[i])) return null;
  const lacks = first.names.filter((name) => !names.includes(name));
  const has = names.filter((name) => !first.names.includes(name));
  const parts = [
    ...(lacks.length === 0 ? [] : [`it lacks ${listOf(lacks)}`]),
    ...(has.length === 0 ? [] : [`it has ${listOf(has)}`]),
  ];
  const how = parts.length === 0 ? "they stand in another order" : parts.join(", and ");
  const notes = [
    `All files of a table have the columns of its first one, in the same order: ${count(first.names.length, "column")}.`,
  ];
  const message = `${quote(file)} has other columns than ${quote(first.file)}: ${how}.`;
  return error("NW0671", message, { notes, setting: "source" });
}

function listOf(names: readonly string[]): string {
  return cutList(names.map(quote), 5);
}
