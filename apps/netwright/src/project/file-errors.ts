// What the file system says, in words.

import { existsSync } from "node:fs";
import { dirname } from "node:path";

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  // Some file systems, as that of /proc, say so of a directory that is there.
  ENOENT: (path) =>
    existsSync(dirname(path)) ? "nothing can be made there" : `there is no directory \`${dirname(path)}\``,
  ENOTDIR: (path) => `\`${dirname(path)}\` is not a directory`,
  EEXIST: () => "there is a file of that name",
  EACCES: () => "writing there is not permitted",
  EPERM: () => "writing there is not permitted",
  EROFS: () => "the file system is read-only",
  ENOSPC: () => "there is no room on the disk",
  EDQUOT: () => "there is no room on the disk",
};

/** @throws the error itself when it is not one of the file system */
export function reasonOf(error: unknown, path: string): string {
  const code = codeOf(error);
  if (code === null) throw error;
  const message = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  return REASONS[code]?.(path) ?? String(message);
}

/** `null` for any other error. Not `instanceof Error`: Node's own errors are from another realm when this code runs in a vm context. */
export function codeOf(error: unknown): string | null {
  const isOfSystem = typeof error === "object" && error !== null && "code" in error && "syscall" in error;
  return isOfSystem ? String(error.code) : null;
}

/** Of what the error is; `null` where it is none of the file system, or names nothing. */
export function pathOf(error: unknown): string | null {
  if (codeOf(error) === null || typeof error !== "object" || error === null) return null;
  return "path" in error && typeof error.path === "string" ? error.path : null;
}
