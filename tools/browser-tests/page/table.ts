// What runs in the page: a table read from the bytes of a file, as a page gets them from a user, and from its text.

import { allWords, type Column, readCsv, type TableInput } from "../../../packages/data/src/index.ts";
import type { TableOutcome } from "./protocol.ts";

async function read(text: string, as: "bytes" | "text"): Promise<TableOutcome> {
  const file = new File([text], "table.csv");
  const input: TableInput = as === "text" ? text : new Uint8Array(await file.arrayBuffer());
  const result = readCsv(input, { name: file.name });
  if ("problems" in result) return { problems: result.problems.map(({ message }) => message), columns: [] };
  return { problems: [], columns: result.table.columns.map(summed) };
}

/** A number that depends on every value, bit by bit, and on its place. */
function summed(column: Column): TableOutcome["columns"][number] {
  const values = column.kind === "number" ? column.values : allWords(column).map((word) => [...word].length);
  let hash = 0;
  const bits = new Uint32Array(Float64Array.from(values).buffer);
  for (const word of bits) hash = (Math.imul(hash, 31) + word) | 0;
  return { name: column.name, kind: column.kind, hash, gaps: column.gaps };
}

declare global {
  var readTable: typeof read;
}
globalThis.readTable = read;
