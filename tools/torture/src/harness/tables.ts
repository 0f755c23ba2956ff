// Changed tables through everything that reads one: its header, its rows, its statistics, a draft for it, and the fitting
// of what the draft says.

import { header, isNetText, summarize, type TableInput } from "@netwright/data";
import { draftNet, memoryFiles, openProject, reasonOf, tableBytes, tableOf } from "netwright";
import { someTable } from "../damage/tables.ts";
import type { Attempt, Harness } from "../harness.ts";
import { inTime } from "../support/in-time.ts";
import { tryCases } from "../try-cases.ts";

export const tables: Harness = {
  name: "tables",
  about: {
    promised:
      "Whatever the bytes of a table are, it is read or refused with a reason, in bounded time; parts of any size read the same; the header that an editor sees is that of the training; a draft is a sound file.",
    tried:
      "Tables of five separators, three line ends, four encodings, packed or not, with rows, cells, characters and bytes damaged: header, rows at once and in parts, statistics, draft, fitting.",
  },
  run: (task) => tryCases(task, attempt),
};

/** Far more than any table of this size takes. */
const SECONDS = 5;

const attempt: Attempt = async (random) => {
  const packed = someTable(random);
  const size = 1 + random.below(300);
  return inTime(SECONDS, "the table", () => tried(packed, size));
};

function tried(packed: Uint8Array, size: number): string {
  const bytes = unpacked(packed);
  if (bytes === null) return "refused: a damaged archive";
  isNetText(new TextDecoder().decode(bytes));
  const names = header(bytes);
  const read = tableOf(bytes, "t.csv");
  const inParts = tableOf(parted(bytes, size), "t.csv");
  if (JSON.stringify(read) !== JSON.stringify(inParts)) throw new Error("parts read another table");
  if (!read.ok) return `refused: ${read.diagnostics[0]?.code}`;
  const table = read.value;
  const own = table.columns.map(({ name }) => name);
  if (table.rowNames === undefined && JSON.stringify(own) !== JSON.stringify(names))
    throw new Error(`the header is ${JSON.stringify(names)}, the columns are ${JSON.stringify(own)}`);
  for (const column of table.columns) {
    const values = column.kind === "number" ? column.values : column.codes;
    if (values.length !== table.rows) throw new Error("a column of another length");
  }
  JSON.stringify(summarize(table));
  const draft = draftNet(table, { source: "t.csv", name: "t" });
  if (!draft.ok) return `no draft: ${draft.cause}`;
  const files = memoryFiles(new Map([["t.csv", bytes]]));
  const { diagnostics } = openProject({ file: "t.net", text: draft.text }, { files });
  const error = diagnostics.find(({ severity }) => severity === "error");
  // What a later row says of a column, a draft may not know; that it is no file of the language it may not be.
  if (error?.code.startsWith("NW0") && Number(error.code.slice(2)) < 600)
    throw new Error(`a draft that is no file: ${error.code} ${error.message}\n${draft.text}`);
  return error === undefined ? "drafted and fitted" : `drafted, but ${error.code}`;
}

function unpacked(bytes: Uint8Array): Uint8Array | null {
  try {
    return tableBytes(bytes);
  } catch (error) {
    reasonOf(error);
    return null;
  }
}

function parted(bytes: Uint8Array, size: number): TableInput {
  return {
    size: bytes.length,
    *parts() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
    },
  };
}
