// The user's folder for what can be made again.

import { mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

/**
 * XDG_CACHE_HOME, or LOCALAPPDATA, or ~/.cache. A relative path in either counts for nothing, as the XDG specification has
 * it: it would lie in the current folder, which may be a stranger's.
 */
export function userCache(env: Readonly<Record<string, string | undefined>>): string {
  const named = [env["XDG_CACHE_HOME"], env["LOCALAPPDATA"]];
  return named.find((path) => path !== undefined && isAbsolute(path)) ?? join(homedir(), ".cache");
}

/**
 * A folder that only this user can enter, and those above that are not there. One by one: the recursive `mkdir` of Node 20 never
 * returns where a folder can be neither found nor made, as below `/proc`. @throws errors of the file system
 */
export function makeOwnFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeOwnFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been first.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
