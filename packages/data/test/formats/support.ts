// Files that other programs have written: `files/make.py` makes them.

import { readFileSync } from "node:fs";
import {
  type FormatResult,
  header,
  readTable,
  type Table,
  type TableInput,
  whenLoaded,
} from "../../src/index.ts";
import { valuesOf } from "../support.ts";

export function bytesOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`files/${name}`, import.meta.url)));
}

export function resultOf(
  name: string,
  input: TableInput = bytesOf(name),
  options = {},
): Promise<FormatResult> {
  return whenLoaded(() => readTable(input, { name, ...options }));
}

export async function read(name: string, input: TableInput = bytesOf(name), options = {}) {
  const names = await whenLoaded(() => header(input, options));
  const result = await resultOf(name, input, options);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { table, warnings } = result;
  // An editor and a training agree on them.
  expectSame(names, table);
  return { table, columns: columnsOf(table), warnings };
}

function expectSame(names: readonly string[], { columns }: Table): void {
  const own = columns.map(({ name }) => name);
  if (JSON.stringify(names) !== JSON.stringify(own)) throw new Error(`${names} and ${own}`);
}

export function columnsOf({ columns }: Table): Record<string, readonly (number | string)[]> {
  return Object.fromEntries(columns.map((column) => [column.name, valuesOf(column)]));
}

/** What is wrong with it, in one piece of text for each problem. */
export async function complaintsOf(
  name: string,
  input?: TableInput,
  options = {},
): Promise<readonly string[]> {
  const result = await resultOf(name, input, options);
  const found = "problems" in result ? result.problems : result.warnings;
  return found.map(({ code, message, notes }) => [code, message, ...notes].join(" "));
}
