// Whether two paths are one file: through links of both kinds, other spellings, and descriptors that are open.

import { type BigIntStats, fstatSync, realpathSync, statSync } from "node:fs";
import { STDIN } from "./read-table.ts";

export interface FileIdentity {
  /** Device and number in it, which is what a hard link shares; in a file system of no letter case too. */
  readonly node: string | null;
  readonly path: string | null;
}

/** `-` is what standard input reads from. `null` where nothing is, or nothing that holds content. */
export function identityOf(path: string): FileIdentity | null {
  try {
    const found = path === STDIN ? fstatSync(0, { bigint: true }) : statSync(path, { bigint: true });
    return found.isFile() ? { node: nodeOf(found), path: path === STDIN ? null : realpathSync(path) } : null;
  } catch {
    return null;
  }
}

export function isSame(a: FileIdentity, b: FileIdentity): boolean {
  return (a.node !== null && a.node === b.node) || (a.path !== null && a.path === b.path);
}

/** A file system that does not number its files says 0 for all. */
function nodeOf({ dev, ino }: BigIntStats): string | null {
  return ino === 0n ? null : `${dev}:${ino}`;
}

/** The descriptor that a path of `/dev` means: 1 for `/dev/stdout`. */
export function descriptorOf(path: string): number | null {
  const named = /^\/dev\/(stdin|stdout|stderr)$/.exec(path)?.[1];
  if (named !== undefined) return ["stdin", "stdout", "stderr"].indexOf(named);
  const numbered = /^(?:\/dev|\/proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
  return numbered === undefined ? null : Number(numbered);
}
