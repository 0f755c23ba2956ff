// Files and folders of which the disk has said that it has them, so that a power cut takes none of them back.

import { closeSync, fchmodSync, fsyncSync, openSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../problem/thrown.ts";
import type { Disk } from "./disk.ts";
import { isAbsent } from "./file-errors.ts";

/**
 * One by one: Node's own recursive `mkdir` never returns where nothing can be made, as below `/proc`, which says of each name
 * that it is not there. @throws errors of the file system
 */
export async function makeDirectories(path: string, disk: Disk): Promise<void> {
  const error = await makeDirectory(path, disk);
  if (error === null) return;
  if (codeOf(error) !== "ENOENT" || dirname(path) === path) throw error;
  await makeDirectories(dirname(path), disk);
  const still = await makeDirectory(path, disk);
  if (still !== null) throw still;
}

/** Null where it is there now, or why it is not. */
async function makeDirectory(path: string, disk: Disk): Promise<unknown> {
  try {
    await disk.mkdir(path);
    return null;
  } catch (error) {
    return (await isDirectory(path, disk)) ? null : error;
  }
}

/** @throws errors of the file system, which tell more than that it is none */
export async function isDirectory(path: string, disk: Disk): Promise<boolean> {
  try {
    return (await disk.stat(path)).isDirectory();
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** A new file. Its name is safe once its folder is forced, too. @throws errors of the file system */
export async function writeDurably(path: string, bytes: Uint8Array, disk: Disk): Promise<void> {
  const file = await disk.open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that the names survive a power cut too. Some systems cannot open or force a directory; there is nothing to do then. */
export async function syncDirectory(path: string, disk: Disk): Promise<void> {
  if (disk.platform === "win32") return;
  try {
    const directory = await disk.open(path, "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch (error) {
    if (!CANNOT_SYNC.has(codeOf(error) ?? "")) throw error;
  }
}

const CANNOT_SYNC = new Set(["EINVAL", "ENOTSUP", "EISDIR", "EACCES", "EPERM", "EBADF"]);

/** The same of a new file in a command that waits for nothing else; `mode` is that of the file which it will replace. */
export function writeDurablySync(path: string, content: string | Uint8Array, mode?: number): void {
  const file = openSync(path, "wx");
  try {
    if (mode !== undefined) fchmodSync(file, mode);
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The names in a folder. It is not reported where it fails: what they name is there already. */
export function syncDirectorySync(path: string, platform: NodeJS.Platform = process.platform): void {
  if (platform === "win32") return;
  try {
    const directory = openSync(path, "r");
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch {}
}
