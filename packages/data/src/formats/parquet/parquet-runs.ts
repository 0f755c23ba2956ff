// Whole numbers in the encoding of levels and of places in a dictionary: runs of one number, and numbers packed by their bits.
// The library's own goes through lists of objects and a byte at a time, and took most of the time of reading.
// https://github.com/apache/parquet-format/blob/master/Encodings.md#run-length-encoding--bit-packing-hybrid-rle--3

/** Bits of a number that lies in four bytes wherever it begins in the first. */
export const WIDEST = 25;

/** Fills `into` from the bytes at `start` to `end - 1`; `width` bits each, at most `WIDEST`. @throws RangeError where they end before */
export function readRuns(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  into: Int32Array,
): void {
  // What a page says of its levels may begin before it, end behind it, or be no number.
  const last = Math.min(end, bytes.length);
  let at = start;
  for (let done = 0; done < into.length; ) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      if (!(at >= 0 && at < last)) throw new RangeError("a page ends before its values");
      const byte = bytes[at++] ?? 0;
      head |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    if ((head & 1) === 0) {
      const next = Math.min(into.length, done + (head >>> 1));
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) value |= (bytes[at++] ?? 0) << shift;
      into.fill(value, done, next);
      done = next;
    } else {
      const count = Math.min(into.length - done, (head >>> 1) * 8);
      // The last ones of a page may be without what fills them up to 8.
      if (at + Math.ceil((count * width) / 8) > last) throw new RangeError("a page ends before its values");
      unpack(bytes, at, width, into.subarray(done, done + count));
      at += (head >>> 1) * width;
      done += count;
    }
  }
}

/**
 * Whoever reads runs as far as they say reads no more than `count` numbers of these, and what fills up the last 8.
 * @throws RangeError where that is not so
 */
export function checkRuns(bytes: Uint8Array, start: number, end: number, width: number, count: number): void {
  const last = Math.min(end, bytes.length);
  for (let at = start, done = 0; done < count; ) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      if (!(at >= 0 && at < last) || shift > 28) throw new RangeError("a page ends before its values");
      const byte = bytes[at++] ?? 0;
      head += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    const isPacked = head % 2 === 1;
    const length = Math.floor(head / 2) * (isPacked ? 8 : 1);
    // Packed ones are eights from where they begin.
    const most = isPacked ? done + Math.ceil((count - done) / 8) * 8 : Math.ceil(count / 8) * 8;
    if (done + length > most) throw new RangeError("a run is longer than its page");
    at += isPacked ? (length / 8) * width : Math.ceil(width / 8);
    done += length;
  }
}

/** Whether the bytes at `start` to `end - 1` are one run of `value`, `count` times or more. */
export function isRunOf(
  value: number,
  count: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  let [head, at, shift] = [0, start, 0];
  for (; ((bytes[at] ?? 0) & 128) !== 0 && shift < 28; shift += 7)
    head |= ((bytes[at++] ?? 0) & 127) << shift;
  head |= (bytes[at] ?? 0) << shift;
  return (head & 1) === 0 && head >>> 1 >= count && at + 1 < end && bytes[at + 1] === value;
}

function unpack(bytes: Uint8Array, start: number, width: number, into: Int32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mask = 2 ** width - 1;
  // As far as four bytes are there, nothing has to be asked.
  const safe = Math.min(
    into.length,
    Math.max(0, Math.floor((8 * (bytes.length - 4 - start)) / Math.max(1, width))),
  );
  let bit = 0;
  for (let i = 0; i < safe; i++, bit += width)
    into[i] = (view.getInt32(start + (bit >>> 3), true) >>> (bit & 7)) & mask;
  for (let i = safe; i < into.length; i++, bit += width)
    into[i] = (lastBytes(bytes, start + (bit >>> 3)) >>> (bit & 7)) & mask;
}

/** The four bytes at a place, as far as they are there. */
function lastBytes(bytes: Uint8Array, at: number): number {
  let four = 0;
  for (let i = 0; i < 4; i++) four |= (bytes[at + i] ?? 0) << (8 * i);
  return four;
}
