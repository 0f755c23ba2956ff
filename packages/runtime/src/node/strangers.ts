// Whether somebody else may have put something where code of the user's lies that will run.

import { lstatSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { FileStats } from "./regular-file.ts";

const WRITTEN_BY_OTHERS = 0o022;
const REACHED_BY_OTHERS = 0o077;
const ADMINISTRATOR = 0;

/** What to do where `strangersAt` gives a reason. */
export const YOURS_ALONE =
  "What lies there is code that runs: take from others the right to write there, or remove it and set up again.";

/**
 * Why what lies at `path` may be a stranger's: a phrase; undefined where only the user can have put it there, or it is not there.
 * Looked at are the folder `root`, `path` inside of it, and all folders between. Windows keeps a user's folders from others by
 * itself, and has no such numbers. @throws as the system does where it cannot be looked at
 */
export function strangersAt(root: string, path: string): string | undefined {
  let isClosed = false;
  for (const place of placesFrom(root, path)) {
    const link = lstatSync(place, { throwIfNoEntry: false });
    const stats = statSync(place, { throwIfNoEntry: false });
    if (link === undefined) return undefined;
    if (isAnothers(link)) return `${place} belongs to another user`;
    // A file that a link of the user's names is the user's choice.
    if (stats === undefined || (link.isSymbolicLink() && !stats.isDirectory())) return undefined;
    const reason = strangersOf(place, stats);
    // Nobody else comes into a folder that is closed, whatever is allowed inside of it.
    if (reason !== undefined && (!isClosed || isAnothers(stats))) return reason;
    isClosed ||= stats.isDirectory() && (stats.mode & REACHED_BY_OTHERS) === 0;
  }
  return undefined;
}

/** The same of one file or folder, whatever is around it. */
export function strangersOf(path: string, stats: Pick<FileStats, "uid" | "mode">): string | undefined {
  if (process.getuid === undefined) return undefined;
  if (isAnothers(stats)) return `${path} belongs to another user`;
  return (stats.mode & WRITTEN_BY_OTHERS) === 0 ? undefined : `others may write to ${path}`;
}

/** Who administers the machine may write everywhere. */
function isAnothers({ uid }: Pick<FileStats, "uid">): boolean {
  const user = process.getuid?.();
  return user !== undefined && uid !== user && uid !== ADMINISTRATOR;
}

function placesFrom(root: string, path: string): readonly string[] {
  const names = relative(root, path)
    .split(sep)
    .filter((name) => name !== "");
  return [root, ...names.map((_, i) => join(root, ...names.slice(0, i + 1)))];
}
