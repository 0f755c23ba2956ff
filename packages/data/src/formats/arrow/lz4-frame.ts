// Frames of LZ4, in which writers of Arrow pack by default: blocks that may refer to those before them, so that all are
// unpacked into one array. No library that is kept up reads them.
// Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md

const MAGIC = 0x184d2204;

/** `size` bytes are expected. @throws RangeError for what is damaged; checksums are not looked at */
export function unpackFrame(packed: Uint8Array, size: number): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError("no frame of LZ4");
  const flags = view.getUint8(4);
  let at = 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0);
  const into = new Uint8Array(size);
  let length = 0;
  for (;;) {
    const header = view.getUint32(at, true);
    at += 4;
    if (header === 0) break;
    const bytes = header & 0x7fffffff;
    const block = packed.subarray(at, at + bytes);
    if (block.length < bytes) throw new RangeError("a block is cut short");
    if (header >= 0x80000000) {
      into.set(block, length);
      length += bytes;
    } else length = unpackBlock(block, into, length);
    at += bytes + (flags & 16 ? 4 : 0);
  }
  if (length !== size) throw new RangeError(`${length} bytes where ${size} are expected`);
  return into;
}

/** Where it ends in `into`. */
function unpackBlock(block: Uint8Array, into: Uint8Array, start: number): number {
  let [at, to] = [0, start];
  const more = (length: number): number => {
    if (length < 15) return length;
    let all = length;
    for (;;) {
      const byte = block[at++] ?? 0;
      all += byte;
      if (byte !== 255) return all;
    }
  };
  while (at < block.length) {
    const token = block[at++] ?? 0;
    const literals = more(token >> 4);
    into.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= block.length) break;
    const back = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const copied = more(token & 15) + 4;
    if (back === 0 || back > to || to + copied > into.length)
      throw new RangeError("a block refers to nothing");
    // Byte by byte, as it may run into what it writes.
    for (let i = 0; i < copied; i++, to++) into[to] = into[to - back] ?? 0;
  }
  return to;
}
