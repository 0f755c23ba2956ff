// `predict --keep id,name`: columns of the input that stand in front of the predictions, as they were written.

import { allWords, findColumn, header, isPicture, lostDigitsIn, type Table } from "@netwright/data";
import { listNames, quote, suggester } from "@netwright/definitions";
import { InvalidArgumentError } from "commander";
import { accept, type Checked, fromData, reject } from "netwright";
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
  const asked = new Set(keep === "all" ? [] : keep);
  const columns = names.flatMap((name, i): KeptColumn[] => {
    const words = texts[i];
    return words !== undefined && (keep === "all" || asked.has(name))
      ? [{ name, texts: allWords(words).map((text, row) => (isPicture(text) ? fileOf(table, row) : text)) }]
      : [];
  });
  const rounded = roundedIn(table, new Set(columns.map(({ name }) => name)));
  if (keep === "all")
    return accept([...(rowNames === undefined ? [] : [{ name: "", texts: rowNames }]), ...columns], rounded);
  const unknown = keep.filter((name) => findColumn(table, name) === undefined);
  if (unknown.length > 0) return reject(unknownColumns(table.name, unknown, names));
  const byName = new Map(columns.map((column) => [column.name, column]));
  return accept(
    keep.flatMap((name) => byName.get(name) ?? []),
    rounded,
  );
}

/** Ids that are not those of the file: rows would be looked up by another's. */
function roundedIn(table: Table, kept: ReadonlySet<string>) {
  if (table.textsOfValues !== true) return [];
  const inexact = (table.inexact ?? []).filter(({ name }) => kept.has(name));
  return lostDigitsIn({ ...table, inexact }).map((problem) => fromData(problem, undefined));
}

/** A picture that is a row of its own stands for its bytes: what a person knows it by is its file. */
function fileOf({ files, name }: Table, row: number): string {
  return files?.findLast(({ firstRow }) => firstRow <= row)?.name ?? name;
}

/** Without what the model would call surplus although it is asked for. */
export function withoutKept(table: Table, kept: readonly KeptColumn[], features: readonly string[]): Table {
  const needed = new Set(features);
  const surplus = new Set(kept.map(({ name }) => name).filter((name) => !needed.has(name)));
  return { ...table, columns: table.columns.filter(({ name }) => !surplus.has(name)) };
}

/** The name of a predicted column: that of the target, unless a column of that name is kept. */
export function predictedName(target: string, kept: readonly KeptColumn[]): string {
  let name = target;
  while (kept.some((column) => column.name === name)) name = `predicted_${name}`;
  return name;
}

function unknownColumns(table: string, unknown: readonly string[], names: readonly string[]) {
  const suggest = suggester(names);
  const known = `It has ${listNames(names)}.`;
  return unknown.map((name) => {
    const meant = suggest(name);
    return cliError(
      "NW0910",
      `\`${table}\` has no column ${quote(name)}, which \`--keep\` names`,
      meant === undefined ? known : `Did you mean ${quote(meant)}?`,
    );
  });
}
