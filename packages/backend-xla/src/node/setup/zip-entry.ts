// One file out of a wheel, which is a zip file. Wheels are small enough for the plain format, and this one is known by its
// hash before it is opened.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const END = { signature: 0x06054b50, size: 22, longestComment: 65535 } as const;
const ENTRY = { signature: 0x02014b50, size: 46 } as const;
const LOCAL = 30;
const STORED = 0;
const DEFLATED = 8;

/** @throws Error where the file is no zip file or has no such entry */
export function readEntry(path: string, name: string): Uint8Array {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const { at, compressed, method } = find(directoryOf(file, size), name);
    const head = bytes(file, at, LOCAL);
    // The names and the rest of an entry may be longer here than in the directory.
    const start = at + LOCAL + head.readUInt16LE(26) + head.readUInt16LE(28);
    const content = bytes(file, start, compressed);
    if (method === STORED) return content;
    if (method === DEFLATED) return inflateRawSync(content);
    throw new Error(`${name} is packed by a method that is not known: ${method}`);
  } finally {
    closeSync(file);
  }
}

function bytes(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  if (readSync(file, buffer, 0, length, position) !== length) throw new Error("the zip file is cut short");
  return buffer;
}

function directoryOf(file: number, size: number): Buffer {
  const length = Math.min(size, END.size + END.longestComment);
  const tail = bytes(file, size - length, length);
  for (let at = length - END.size; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END.signature) {
      return bytes(file, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
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
