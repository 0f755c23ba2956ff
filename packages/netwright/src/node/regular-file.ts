// Files that nobody named on a command line: those that a `.net` file names, which may be a stranger's. Of these, regular
// files alone, of a bounded size and, where it is asked for, inside of given folders, wherever links lead.

import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { grouped } from "@netwright/definitions";
import { checkKind, readStart, refuse } from "@netwright/runtime/node";

/** The largest text that is read because a file names it. */
export const LARGEST_TEXT = 1 << 22;

/** The text of a regular file of bounded size, whatever its size is said to be. @throws as `openRegular` does */
export function readSmallText(file: string): string {
  const bytes = readStart(file, LARGEST_TEXT + 1);
  if (bytes.length > LARGEST_TEXT) refuse(`it has more than ${grouped(LARGEST_TEXT)} bytes`);
  // A mark of the byte order is told by the language.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** More than any model that a person or a program writes. */
const LARGEST_GIVEN = 1 << 26;

/** The text of a file that was named on a command line: it may come through a pipe. @throws as `openRegular` does */
export function readGivenText(file: string): string {
  const stats = statSync(file);
  if (stats.isFIFO()) return readFileSync(file, "utf8");
  checkKind(stats);
  if (stats.size > LARGEST_GIVEN) refuse(`it has more than ${grouped(LARGEST_GIVEN)} bytes`);
  return readFileSync(file, "utf8");
}

/** What `use` may name. */
const TEXTS = ".net";

/**
 * Refuses a used file that is outside of the folders, there or where links lead, and one that is no `.net` file: what is
 * in it would be told in messages. @throws with the reason, and as the system does
 */
export function checkUsed(file: string, folders: readonly string[]): void {
  checkReach(file, folders);
  for (const name of [file, realpathSync.native(file)])
    if (!name.endsWith(TEXTS)) refuse(`it is no \`${TEXTS}\` file`);
}

/** Refuses a file outside of the folders. @throws with the reason, and as the system does */
export function checkReach(file: string, folders: readonly string[]): void {
  // Of a name that is outside, nothing is told: not even whether it is there.
  const isInside =
    folders.some((folder) => inside(file, folder)) ||
    (!mayConnect(file) && folders.some((folder) => inside(realOrSame(file), realOrSame(folder))));
  if (!isInside) refuse("it is outside of the folders from which files are opened");
  const real = realpathSync.native(file);
  if (!folders.some((folder) => inside(real, realOrSame(folder)))) {
    refuse("it is a link to what is outside of the folders from which files are opened");
  }
}

/** Windows connects to `\\host` to say where a name on it leads, and `\\.\` is a device: such a name is not even looked at. */
function mayConnect(file: string): boolean {
  return process.platform === "win32" && /^[\\/]{2}/.test(file);
}

/**
 * Refuses the name of a table that is on another host than all the folders, as it is written: nothing is asked of that host.
 * @throws with the reason
 */
export function checkHost(file: string, folders: readonly string[]): void {
  if (!mayConnect(file)) return;
  const host = hostOf(file);
  const isThere = (folder: string): boolean =>
    inside(file, folder) || (!DEVICES.has(host) && mayConnect(folder) && hostOf(folder) === host);
  if (!folders.flatMap((folder) => [folder, resolve(folder)]).some(isThere))
    refuse("its name is that of another host, or of a device");
}

/** What stands there in names of devices. */
const DEVICES: ReadonlySet<string> = new Set(["", ".", "?"]);

function hostOf(file: string): string {
  return (file.split(/[\\/]/)[2] ?? "").toLowerCase();
}

function inside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return !isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`);
}

function realOrSame(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
