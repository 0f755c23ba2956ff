// The records of a table from its bytes: where each of their values begins and ends. What stands in quotation marks is
// made plain in place. One pass; a record that a part of the file cuts off waits for the next part.

import type { ByteSource } from "./byte-source.ts";
import { type Marks, NO_NUMBERS, type NumberColumns, type Parted, type TakeRecord } from "./fields.ts";
import { RecordScanner } from "./record-scanner.ts";

export interface Scanned {
  /** Lines among the first `skip` that hold something. */
  readonly above: number;
  /** Whether there is a byte 0 in the file, which no text has. */
  readonly binary: boolean;
}

const PART = 1 << 18;

export function scanRecords(
  source: ByteSource,
  marks: Marks,
  skip: number,
  take: TakeRecord,
  numbers: NumberColumns = NO_NUMBERS,
  parted: Parted = () => {},
): Scanned {
  const scanner = new RecordScanner(marks, skip, take, numbers);
  let work = new Uint8Array(Math.min(PART, source.size ?? PART) + 1);
  let length = 0;
  // A record longer than this is waited for until the double is there, so that no byte is looked at too often.
  let wanted = 0;
  for (const part of source.parts()) {
    for (let start = 0; start < part.length; start += PART) {
      const piece = part.subarray(start, start + PART);
      if (scanner.ended) {
        scanner.binary ||= piece.includes(0);
        continue;
      }
      if (length + piece.length >= work.length) work = grown(work, 2 * (length + piece.length) + 1);
      work.set(piece, length);
      length += piece.length;
      if (length < wanted) continue;
      const used = scanner.scan(work, length, false);
      parted();
      work.copyWithin(0, used, length);
      length -= used;
      wanted = 2 * length;
    }
  }
  if (!scanner.ended) scanner.scan(work, length, true);
  parted();
  return { above: scanner.above, binary: scanner.binary };
}

function grown(work: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(work);
  return larger;
}
