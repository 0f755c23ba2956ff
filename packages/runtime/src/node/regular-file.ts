// Files that a stranger may have put in their place: regular files alone are opened, never a pipe, which would wait for ever,
// or a device, which may have no end; and what is read of one is bounded.

import { closeSync, constants, fstatSync, openSync, read, readSync, statSync } from "node:fs";
import { promisify } from "node:util";
import { grouped } from "@netwright/definitions";
import { codeOf } from "../problem/thrown.ts";

/** @throws an error with a `code` whose message is the reason, as the system's have */
export function refuse(reason: string): never {
  throw Object.assign(new Error(reason), { code: REFUSED });
}

const REFUSED = "NW_REFUSED";

/** Whether it was thrown by `refuse`. */
export function isRefusal(error: unknown): boolean {
  return codeOf(error) === REFUSED;
}

/** As far as it is used of what the system tells of a file: the declarations of Node are not brought along. */
export interface FileStats {
  readonly size: number;
  /** Of the user that it belongs to, and who may do what with it. */
  readonly uid: number;
  readonly mode: number;
  readonly isFile: () => boolean;
  readonly isDirectory: () => boolean;
  readonly isFIFO: () => boolean;
  readonly isCharacterDevice: () => boolean;
  readonly isBlockDevice: () => boolean;
}

/** `pipe` is what is said of a pipe. @throws with the reason where it is no regular file */
export function checkKind(stats: FileStats, pipe = "it is a pipe"): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) refuse("it is a directory");
  if (stats.isFIFO()) refuse(pipe);
  if (stats.isCharacterDevice() || stats.isBlockDevice()) refuse("it is a device");
  refuse("it is no file");
}

export interface OpenFile {
  readonly descriptor: number;
  readonly stats: FileStats;
}

/** Opens it to be read. @throws as the system does, and as `checkKind` does where it is no regular file */
export function openRegular(file: string, pipe?: string): OpenFile {
  // Looked at first: opening alone may do something to a device.
  checkKind(statSync(file), pipe);
  // Without waiting, should it have become a pipe meanwhile. Windows has no such pipes and no such flag.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(descriptor);
    checkKind(stats, pipe);
    return { descriptor, stats };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** At most `most` bytes from the start of a regular file. @throws as `openRegular` does */
export function readStart(file: string, most: number): Uint8Array {
  const { descriptor } = openRegular(file);
  try {
    const buffer = new Uint8Array(most);
    let length = 0;
    while (length < most) {
      const done = readSync(descriptor, buffer, length, most - length, null);
      if (done === 0) break;
      length += done;
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

export type JudgeStart = (size: number, start: (bytes: number) => Promise<Uint8Array>) => Promise<void>;

/**
 * All of a regular file of at most `largest` bytes. `judge` gets its size and a function that reads its first bytes, before
 * there is memory for all of it, and throws where the rest need not be read. @throws as `openRegular` does, and what `judge` throws
 */
export async function readWhole(file: string, largest: number, judge?: JudgeStart): Promise<Uint8Array> {
  const { descriptor, stats } = openRegular(file);
  try {
    const { size } = stats;
    if (size > largest)
      refuse(`it has ${grouped(size)} bytes, and that of a run at most ${grouped(largest)}`);
    const start = (bytes: number) => readFirst(descriptor, Math.min(bytes, size));
    await judge?.(size, start);
    return await start(size);
  } finally {
    closeSync(descriptor);
  }
}

const readInto = promisify(read);

async function readFirst(descriptor: number, bytes: number): Promise<Uint8Array> {
  const all = new Uint8Array(bytes);
  let length = 0;
  while (length < bytes) {
    const { bytesRead } = await readInto(descriptor, all, length, bytes - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return all.subarray(0, length);
}
