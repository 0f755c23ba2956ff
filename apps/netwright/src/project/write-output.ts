// A file written whole or not at all: beside its place first, then moved there. What it replaces leaves it its mode.

import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Diagnostic } from "@netwright/lang";
import { cliError } from "../usage/codes.ts";
import { pathKind } from "./path-kind.ts";

/** Gives why the file could not be written. A pipe or a device is written to directly. */
export function writeOutput(path: string, content: string | Uint8Array): Diagnostic | null {
  try {
    const kind = pathKind(path);
    if (kind === "directory") return problem(path, "it is a directory");
    if (kind === "other") writeFileSync(path, content);
    else replace(kind === null ? path : realpathSync(path), content);
    return null;
  } catch (error) {
    return problem(path, reasonOf(error, path));
  }
}

/** A folder, with those it is in; gives why it could not be made. */
export function makeFolder(path: string): Diagnostic | null {
  try {
    mkdirSync(path, { recursive: true });
    return null;
  } catch (error) {
    return cliError("NW0902", `the folder \`${path}\` cannot be made: ${reasonOf(error, path)}`);
  }
}

function replace(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    const file = openSync(temporary, "wx");
    try {
      const before = statSync(path, { throwIfNoEntry: false });
      if (before !== undefined) fchmodSync(file, before.mode);
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no directory \`${dirname(path)}\``,
  ENOTDIR: (path) => `\`${dirname(path)}\` is not a directory`,
  EEXIST: () => "there is a file of that name",
  EACCES: () => "writing there is not permitted",
  EPERM: () => "writing there is not permitted",
  EROFS: () => "the file system is read-only",
  ENOSPC: () => "there is no room on the disk",
  EDQUOT: () => "there is no room on the disk",
};

/** @throws the error itself when it is not one of the file system */
function reasonOf(error: unknown, path: string): string {
  // Not `instanceof Error`: Node's own errors are from another realm when this code runs in a vm context.
  if (typeof error !== "object" || error === null || !("code" in error && "syscall" in error)) throw error;
  return REASONS[String(error.code)]?.(path) ?? ("message" in error ? String(error.message) : String(error));
}

function problem(path: string, reason: string): Diagnostic {
  return cliError("NW0902", `the output file \`${path}\` cannot be written: ${reason}`);
}
