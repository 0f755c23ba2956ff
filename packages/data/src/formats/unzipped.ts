// The files of a zip archive by name, in their order.

import { unzipSync } from "fflate/browser";
import { CannotRead } from "./cannot-read.ts";

/** More than this is packed to fill a memory. */
const MOST = 2 ** 31;

/** @throws CannotRead where the archive is damaged */
export function unzipped(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        return total <= MOST;
      },
    });
    if (total > MOST) throw new CannotRead("is too large once it is unpacked");
    return new Map(Object.entries(files));
  } catch (thrown) {
    if (thrown instanceof CannotRead) throw thrown;
    throw new CannotRead("is packed as a zip archive, and damaged");
  }
}
