// A file of another tool, with those that it names beside it.

import { basename, dirname, join } from "node:path";
import { type ForeignFiles, type ReaderName, readerOf, readers } from "@netwright/formats";
import { THIS_DISK } from "@netwright/runtime/node";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { reasonOf } from "./reason-of.ts";

/** What Node can have in one array. */
const LARGEST = 2 ** 31 - 1;

/** The file first. What it names and is not there is left out: its reader says so. Problems: NW0613. */
export async function foreignFiles(file: string, format?: ReaderName): Promise<Checked<ForeignFiles>> {
  const bytes = await bytesOf(file);
  if (typeof bytes === "string")
    return reject([projectError("NW0613", `the file \`${file}\` cannot be read: ${bytes}`, [], undefined)]);
  const files = new Map([[basename(file), bytes]]);
  const name = format ?? readerOf(file, bytes);
  const beside = name === null ? null : readers[name].beside;
  for (const other of beside === null ? [] : await beside(bytes)) {
    const found = await bytesOf(join(dirname(file), other));
    if (typeof found !== "string") files.set(other, found);
  }
  return accept(files);
}

/** Or why it cannot be read. */
async function bytesOf(file: string): Promise<Uint8Array | string> {
  try {
    return await THIS_DISK.readFile(file, LARGEST);
  } catch (error) {
    return reasonOf(error);
  }
}
