// One file out of a wheel, which is a zip file. Wheels are small enough for the plain format, and this one is known by its
// hash before it is opened.

import { inflateRawSync } from "node:zlib";

const END = { signature: 0x06054b50, size: 22, longestComment: 65535 } as const;
const ENTRY = { signature: 0x02014b50, size: 46 } as const;
const LOCAL = 30;
const STORED = 0;
const DEFLATED = 8;

/** `zip`: the bytes of the file. @throws Error where it is no zip file or has no such entry */
export function readEntry(zip: Uint8Array, name: string): Uint8Array {
  const file = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const { at, compressed, method } = find(directoryOf(file), name);
  const head = bytes(file, at, LOCAL);
  // The names and the rest of an entry may be longer here than in the directory.
  const start = at + LOCAL + head.readUInt16LE(26) + head.readUInt16LE(28);
  const content = bytes(file, start, compressed);
  if (method === STORED) return content;
  if (method === DEFLATED) return inflateRawSync(content);
  throw new Error(`${name} is packed by a method that is not known: ${method}`);
}

function bytes(file: Buffer, position: number, length: number): Buffer {
  if (position + length > file.length) throw new Error("the zip file is cut short");
  return file.subarray(position, position + length);
}

function directoryOf(file: Buffer): Buffer {
  const first = Math.max(0, file.length - END.size - END.longestComment);
  for (let at = file.length - END.size; at >= first; at--) {
    if (file.readUInt32LE(at) === END.signature) {
      return bytes(file, file.readUInt32LE(at + 16), file.readUInt32LE(at + 12));
    }
  }
  throw new Error("the file is no zip file");
}

function find(directory: Buffer, name: string) {
  for (let at = 0; at + ENTRY.size <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY.signature) break;
    const length = directory.readUInt16LE(at + 28);
    const start = at + ENTRY.size;
    if (directory.toString("utf8", start, start + length) === name) {
      return {
        at: directory.readUInt32LE(at + 42),
        compressed: directory.readUInt32LE(at + 20),
        method: directory.readUInt16LE(at + 10),
      };
    }
    at = start + length + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  throw new Error(`there is no ${name} in it`);
}
