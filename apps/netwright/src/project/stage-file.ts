// A file beside its place, whole, before it is moved there. What it replaces leaves it its mode.

import { randomBytes } from "node:crypto";
import { constants, copyFileSync, linkSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type MoveSyncHost, moveSync, syncDirectorySync, writeDurablySync } from "@netwright/runtime/node";
import { codeOf } from "./file-errors.ts";
import { descriptorOf } from "./file-identity.ts";
import { pathKind } from "./path-kind.ts";

/** Content that waits for its place. */
export interface StagedFile {
  readonly path: string;
  /** Moves it there. What is replaced is held beside it until `settle`, unless this is the only file. */
  readonly commit: (force: boolean, isOnly: boolean) => void;
  /** After all are in their places. */
  readonly settle: () => void;
  /** Leaves the place as it was before. Gives where what was replaced lies, if it could not be put back. */
  readonly undo: () => string | null;
}

/** `host` is for tests of other platforms. @throws errors of the file system */
export function stageFile(path: string, content: string | Uint8Array, host?: MoveSyncHost): StagedFile {
  const kind = pathKind(path);
  const descriptor = descriptorOf(path);
  if (kind === "other" || descriptor !== null) {
    // A file that the shell has opened is written to where it stands, as `>>` means; a pipe by its path, which waits.
    const target = kind === "file" && descriptor !== null ? descriptor : path;
    return { path, commit: () => writeFileSync(target, content), settle: () => {}, undo: () => null };
  }
  const place = kind === null ? path : realpathSync(path);
  const beside = `${place}.${randomBytes(6).toString("hex")}`;
  const [fresh, replaced] = [`${beside}.new`, `${beside}.old`];
  let holds: "nothing" | "a new file" | "another file" = "nothing";
  const discard = () => rmSync(fresh, { force: true });
  try {
    writeDurablySync(fresh, content, statSync(place, { throwIfNoEntry: false })?.mode);
  } catch (error) {
    discard();
    throw error;
  }
  return {
    path,
    commit(force, isOnly) {
      const isHeld = force && !isOnly && hold(place, replaced);
      const isNew = move(fresh, place, force, host);
      holds = isHeld ? "another file" : isNew ? "a new file" : "nothing";
      syncDirectorySync(dirname(place), host?.platform);
    },
    settle: () => rmSync(replaced, { force: true }),
    undo() {
      discard();
      if (holds === "another file") return moved(replaced, place, host) ? null : replaced;
      rmSync(replaced, { force: true });
      if (holds === "a new file") rmSync(place, { force: true });
      return null;
    },
  };
}

function moved(from: string, to: string, host?: MoveSyncHost): boolean {
  try {
    moveSync(from, to, host);
    return true;
  } catch {
    return false;
  }
}

/** What is there gets another name beside it, so that the place itself is never empty. Says whether anything was there. */
function hold(place: string, replaced: string): boolean {
  if (pathKind(place) === null) return false;
  try {
    linkSync(place, replaced);
  } catch {
    // Not every file system has hard links.
    copyFileSync(place, replaced, constants.COPYFILE_EXCL);
  }
  return true;
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
