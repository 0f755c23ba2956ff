// A file beside its place, whole, before it is moved there. What it replaces leaves it its mode.

import { randomBytes } from "node:crypto";
import { linkSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type MoveSyncHost, moveSync, syncDirectorySync, writeDurablySync } from "@netwright/runtime/node";
import { codeOf } from "./file-errors.ts";
import { descriptorOf } from "./file-identity.ts";
import { pathKind } from "./path-kind.ts";

/** Content that waits for its place. */
export interface StagedFile {
  readonly path: string;
  /** Says whether the file is a new one. */
  readonly commit: (force: boolean) => boolean;
  readonly discard: () => void;
}

/** `host` is for tests of other platforms. @throws errors of the file system */
export function stageFile(path: string, content: string | Uint8Array, host?: MoveSyncHost): StagedFile {
  const kind = pathKind(path);
  const descriptor = descriptorOf(path);
  if (kind === "other" || descriptor !== null) {
    // A file that the shell has opened is written to where it stands, as `>>` means; a pipe by its path, which waits.
    const target = kind === "file" && descriptor !== null ? descriptor : path;
    const commit = () => {
      writeFileSync(target, content);
      return false;
    };
    return { path, commit, discard: () => {} };
  }
  const place = kind === null ? path : realpathSync(path);
  const temporary = `${place}.${randomBytes(6).toString("hex")}.new`;
  const discard = () => rmSync(temporary, { force: true });
  try {
    writeDurablySync(temporary, content, statSync(place, { throwIfNoEntry: false })?.mode);
  } catch (error) {
    discard();
    throw error;
  }
  const commit = (force: boolean) => {
    const isNew = move(temporary, place, force, host);
    syncDirectorySync(dirname(place), host?.platform);
    return isNew;
  };
  return { path, commit, discard };
}

/** Says whether nothing was there. Without force a file that has come up since is not replaced either. */
function move(from: string, to: string, force: boolean, host?: MoveSyncHost): boolean {
  if (!force) {
    try {
      linkSync(from, to);
      rmSync(from, { force: true });
      return true;
    } catch (error) {
      // Not every file system has hard links.
      if (codeOf(error) === "EEXIST" || pathKind(to) !== null) throw error;
    }
  }
  const isNew = pathKind(to) === null;
  moveSync(from, to, host);
  return isNew;
}
