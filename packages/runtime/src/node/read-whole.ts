// The bytes of a file whose size is bounded. What a stranger may have put in its place is not read: a pipe that nobody
// writes to, a device without an end, a file that fills the memory.

import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { grouped } from "@netwright/definitions";

/** @throws errors of the file system, and like them one that says what is in the place */
export async function readWhole(path: string, largest: number): Promise<Uint8Array> {
  // Without waiting, as a pipe would open only with who writes to it. Windows has no such pipes and no such flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await file.stat();
    // Of a directory, the system has its own words.
    if (!found.isFile() && !found.isDirectory()) throw refusal("EFTYPE", "it is no file");
    if (found.size > largest) {
      const sizes = `it has ${grouped(found.size)} bytes, and that of a run at most ${grouped(largest)}`;
      throw refusal("EFBIG", sizes);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function refusal(code: string, why: string): Error {
  return Object.assign(new Error(why), { code });
}
