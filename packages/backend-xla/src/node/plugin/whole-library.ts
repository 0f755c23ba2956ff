// A library is looked at before the system opens it: a pipe would wait for ever, and of one that was cut short while it was
// copied the process ends by a signal, without a word.

import { closeSync, readSync } from "node:fs";
import { messageOf } from "@netwright/runtime";
import { openRegular } from "@netwright/runtime/node";

/** Of the header of ELF in 64 bits, little-endian. */
const HEADER = 64;

/** Why it cannot be opened; undefined where nothing speaks against it. */
export function whyNotWhole(path: string): string | undefined {
  try {
    const { descriptor, stats } = openRegular(path);
    try {
      const header = new Uint8Array(HEADER);
      const length = readSync(descriptor, header, 0, HEADER, 0);
      return endOf(new DataView(header.buffer), length) > stats.size ? "it is cut short" : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return messageOf(error);
  }
}

/** Where the last table of the file ends, which stands behind all else; 0 of a file of another kind. */
function endOf(view: DataView, length: number): number {
  if (length < 4 || view.getUint32(0) !== 0x7f454c46) return 0;
  if (length < HEADER) return Number.POSITIVE_INFINITY;
  const isLittle64 = view.getUint8(4) === 2 && view.getUint8(5) === 1;
  return isLittle64
    ? Number(view.getBigUint64(40, true)) + view.getUint16(58, true) * view.getUint16(60, true)
    : 0;
}
