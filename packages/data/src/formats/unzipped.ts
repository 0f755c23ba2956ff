// The files of a zip archive by name, in their order.

import { unzipSync } from "fflate/browser";
import { CannotRead } from "./cannot-read.ts";
import { mostUnpacked } from "./stated-size.ts";

/** More than this, or than so many bytes can become, is packed to fill a memory; one file may stand there under many names. */
const MOST = 2 ** 31;

/** @throws CannotRead where the archive is damaged */
export function unzipped(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const most = Math.min(MOST, mostUnpacked(bytes.length));
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        return total <= most;
      },
    });
    if (total > most) throw new CannotRead("is too large once it is unpacked");
    return new Map(Object.entries(files));
  } catch (thrown) {
    if (thrown instanceof CannotRead) throw thrown;
    throw new CannotRead("is damaged, or no zip archive that can be unpacked");
  }
}
