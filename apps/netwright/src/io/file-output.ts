// Standard output where it is a file: Node's own stream takes a part that was written for the whole, as on a
// disk that is full, and says nothing.

import { fstatSync, writeFileSync } from "node:fs";
import { Writable } from "node:stream";

export function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** Writes everything or fails. */
export function fileOutput(descriptor: number): Writable {
  return new Writable({
    decodeStrings: true,
    write: (chunk, _, next) => {
      try {
        writeFileSync(descriptor, chunk);
        next();
      } catch (error) {
        next(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}
