// Compiled code of many chunks in one file. The engine trusts it and crashes on what is not whole, so that each start would crash:
// the file is there as a whole or not at all, and what a disk has lost of it is seen. It runs, so it is the user's alone.

import { closeSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { openRegular, strangersOf } from "@netwright/runtime/node";

/** By the name of the chunk. */
export type KeptCode = ReadonlyMap<string, Uint8Array>;

/** Nothing where there is no such file, where it is not as it was written, and where others may have written it. */
export function readKeptCode(file: string): Map<string, Uint8Array> {
  const bytes = readOwn(file);
  const end = bytes?.indexOf(END_OF_HEAD) ?? -1;
  if (bytes === undefined || end < 0 || bytes.includes(LOST)) return new Map();
  const codes = new Map<string, Uint8Array>();
  let start = aligned(end + END_OF_HEAD.length);
  for (const line of bytes.toString("latin1", 0, end).split("\n")) {
    const [name = "", size] = line.split(" ");
    codes.set(name, bytes.subarray(start, start + Number(size)));
    start += aligned(Number(size));
  }
  return bytes.toString("latin1", start) === END ? codes : new Map();
}

function readOwn(file: string): Buffer | undefined {
  try {
    const { descriptor, stats } = openRegular(file);
    try {
      return strangersOf(file, stats) === undefined ? readFileSync(descriptor) : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/** @throws as the system does, and leaves nothing behind then */
export function writeKeptCode(file: string, codes: KeptCode): void {
  const head = [...codes].map(([name, { length }]) => `${name} ${length}`).join("\n") + END_OF_HEAD;
  const parts = [Buffer.from(head, "latin1"), ...codes.values(), Buffer.from(END, "latin1")];
  const bytes = Buffer.alloc(parts.reduce((sum, { length }) => sum + aligned(length), 0));
  let start = 0;
  for (const part of parts) {
    bytes.set(part, start);
    start += aligned(part.length);
  }
  // Threads of a process may write at the same time, too.
  const temporary = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(temporary, bytes, { mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

const END_OF_HEAD = "\n\n";
const END = "complete";
/** What a disk has lost reads as blocks of zeros, of 4096 bytes or more. In compiled code no more than some hundred follow each other. */
const LOST = Buffer.alloc(2048);

/** The engine copies what does not begin at a multiple of this. */
function aligned(size: number): number {
  return Math.ceil(size / 8) * 8;
}
