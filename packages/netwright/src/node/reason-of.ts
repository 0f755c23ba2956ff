// Errors of a file system in words.

import { IS_DIRECTORY } from "../project/diagnostics.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "reading it is not permitted",
  EPERM: "reading it is not permitted",
  EISDIR: IS_DIRECTORY,
  ENOTDIR: "a part of its path is not a directory",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "its name is too long",
  ERR_STRING_TOO_LONG: "it is too large",
  ERR_BUFFER_TOO_LARGE: "it is too large once it is unpacked",
  Z_DATA_ERROR: "it is packed by gzip, and damaged",
  Z_BUF_ERROR: "it is packed by gzip, and cut short",
  ZSTD_WINDOW: "it is packed by zstd in a way that takes more than 128 MB to unpack, or damaged",
  ZSTD_DAMAGED: "it is packed by zstd, and damaged or cut short",
  ERR_FS_FILE_TOO_LARGE: "it is too large",
};

/** Why a file cannot be read, for people; throws what is no error of the file system. */
export function reasonOf(error: unknown): string {
  // Not `instanceof Error`: Node's own errors are from another realm when this code runs in a vm context.
  if (typeof error !== "object" || error === null || !("code" in error)) throw error;
  return REASONS[String(error.code)] ?? ("message" in error ? String(error.message) : String(error));
}
