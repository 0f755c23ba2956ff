// The user's folder for what can be made again.

import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * XDG_CACHE_HOME, or LOCALAPPDATA, or ~/.cache. A relative path in either counts for nothing, as the XDG specification has
 * it: it would lie in the current folder, which may be a stranger's.
 */
export function userCache(env: Readonly<Record<string, string | undefined>>): string {
  const named = [env["XDG_CACHE_HOME"], env["LOCALAPPDATA"]];
  return named.find((path) => path !== undefined && isAbsolute(path)) ?? join(homedir(), ".cache");
}
