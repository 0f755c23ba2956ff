// `predict --keep id,name`: columns of the input that stand in front of the predictions, as they were written.

import { allWords, header, type Table } from "@netwright/data";
import { closest, listNames, quote } from "@netwright/definitions";
import { InvalidArgumentError } from "commander";
import { accept, type Checked, reject } from "netwright";
import { cliError } from "../usage/codes.ts";

/** What `--keep` was given, or nothing. */
export type Keep = "all" | readonly string[];

export interface KeptColumn {
  readonly name: string;
  /** As in the file, one for each row. */
  readonly texts: readonly string[];
}

/** Names as in the header of a file, so that one with a comma in it is written `'"a,b",id'`. Repeated, more of them. */
export function keepOption(text: string, before: Keep = []): Keep {
  if (text.trim() === "all" || before === "all") return "all";
  const names = header(text, { separator: ",", header: true, skip: 0 });
  if (names.length > 0 && names.every((name) => name !== "")) return [...new Set([...before, ...names])];
  throw new InvalidArgumentError("Expected names of columns separated by commas, or all.");
}

/** Takes a table that was read with `keepText`. */
export function keptColumns(table: Table, keep: Keep): Checked<readonly KeptColumn[]> {
  const { texts = [], rowNames } = table;
  const names = table.columns.map(({ name }) => name);
  const columns = names.flatMap((name, i): KeptColumn[] => {
    const words = texts[i];
    return words !== undefined && (keep === "all" || keep.includes(name))
      ? [{ name, texts: allWords(words) }]
      : [];
  });
  if (keep === "all")
    return accept([...(rowNames === undefined ? [] : [{ name: "", texts: rowNames }]), ...columns]);
  const unknown = keep.filter((name) => !names.includes(name));
  if (unknown.length > 0) return reject(unknown.map((name) => unknownColumn(table.name, name, names)));
  return accept(keep.flatMap((name) => columns.filter((column) => column.name === name)));
}

/** Without what the model would call surplus although it is asked for. */
export function withoutKept(table: Table, kept: readonly KeptColumn[], features: readonly string[]): Table {
  const surplus = new Set(kept.map(({ name }) => name).filter((name) => !features.includes(name)));
  return { ...table, columns: table.columns.filter(({ name }) => !surplus.has(name)) };
}

/** The name of a predicted column: that of the target, unless a column of that name is kept. */
export function predictedName(target: string, kept: readonly KeptColumn[]): string {
  let name = target;
  while (kept.some((column) => column.name === name)) name = `predicted_${name}`;
  return name;
}

function unknownColumn(table: string, name: string, names: readonly string[]) {
  const meant = closest(name, names);
  return cliError(
    "NW0910",
    `\`${table}\` has no column ${quote(name)}, which \`--keep\` names`,
    meant === undefined ? `It has ${listNames(names)}.` : `Did you mean ${quote(meant)}?`,
  );
}
