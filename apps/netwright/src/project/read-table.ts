// A CSV file by its path, or from standard input.

import type { CsvOptions, Table } from "@netwright/data";
import { accept, type Checked, projectError, readText, reject, tableOf } from "netwright";
import type { Io } from "../io/io.ts";

export const STDIN = "-";

/** The settings among the options are those of the run that the table is for; of a table alone, everything is found out. */
export async function readTable(
  path: string,
  io: Pick<Io, "stdin">,
  options: Omit<CsvOptions, "name"> = {},
): Promise<Checked<Table>> {
  const text = path === STDIN ? accept(await readAll(io.stdin)) : readFile(path);
  return text.ok ? tableOf(text.value, path === STDIN ? "standard input" : path, options) : text;
}

function readFile(path: string): Checked<string> {
  const read = readText(path);
  if (read.ok) return accept(read.text);
  const message = `the data file \`${path}\` cannot be read: ${read.reason}`;
  return reject([projectError("NW0610", message, [], undefined)]);
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
