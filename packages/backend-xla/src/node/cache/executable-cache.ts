// Compiled programs, kept for the next start. They are machine code, which nobody checks before it runs: so the folder has to
// be the user's alone, and an entry is used only where the hash in it is that of its bytes.

import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  futimesSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { messageOf } from "@netwright/runtime";
import { makeOwnFolder, openRegular, strangersAt, strangersOf } from "@netwright/runtime/node";

/** Raised when entries are written in another way. */
const FORMAT = Buffer.from("netwright xla 1\n");
const HASH = 32;
const SUFFIX = ".xla";
const PARTIAL = ".partial";

/** An entry is some 100 KB. Beyond either the ones that were not used for longest go, until a fifth is free again. */
export interface Limits {
  readonly entries: number;
  readonly bytes: number;
}
const LIMITS: Limits = { entries: 1000, bytes: 500e6 };
const LEFT = 0.8;
/** Milliseconds after which nobody writes any more what is not complete. */
const ABANDONED = 3_600_000;

export interface ExecutableCache {
  /** Why nothing is kept: a phrase for whoever wonders. */
  readonly refused?: string;
  /** How much is kept; zeros where that cannot be seen. */
  readonly size: () => { readonly entries: number; readonly bytes: number };
  readonly read: (key: string) => Uint8Array | undefined;
  readonly write: (key: string, bytes: Uint8Array) => void;
  readonly remove: (key: string) => void;
}

/** Of all that the compiled code depends on. */
export function keyOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

/** Of a machine where nothing may be kept. */
export function noCache(refused: string): ExecutableCache {
  const nothing = () => undefined;
  return { refused, size: () => NOTHING, read: nothing, write: nothing, remove: nothing };
}

/**
 * In a folder inside of `root`, which both have to be the user's alone. One that cannot be used is no error: then every program
 * is compiled.
 */
export function executableCache(folder: string, root: string, limits = LIMITS): ExecutableCache {
  const refused = prepare(folder, root);
  if (refused !== undefined) return noCache(refused);
  const pathOf = (key: string) => join(folder, key + SUFFIX);
  return {
    size: () => quietly(() => sizeOf(filesIn(folder))) ?? NOTHING,
    read: (key) => quietly(() => readEntry(pathOf(key))),
    write: (key, bytes) => {
      quietly(() => {
        const partial = join(folder, randomUUID() + PARTIAL);
        writeFileSync(partial, Buffer.concat([FORMAT, hashOf(bytes), bytes]), { mode: 0o600, flag: "wx" });
        renameSync(partial, pathOf(key));
        prune(folder, limits);
      });
    },
    remove: (key) => {
      quietly(() => rmSync(pathOf(key), { force: true }));
    },
  };
}

/** Makes the folder; gives why it must not be used, if it must not. */
function prepare(folder: string, root: string): string | undefined {
  try {
    makeOwnFolder(folder);
    return strangersAt(root, folder);
  } catch (error) {
    return `${folder} cannot be made: ${messageOf(error)}`;
  }
}

function readEntry(path: string): Uint8Array | undefined {
  const { descriptor, stats } = openRegular(path);
  try {
    if (strangersOf(path, stats) !== undefined) return undefined;
    const content = readFileSync(descriptor);
    const bytes = content.subarray(FORMAT.length + HASH);
    const isWhole =
      content.subarray(0, FORMAT.length).equals(FORMAT) &&
      content.subarray(FORMAT.length, FORMAT.length + HASH).equals(hashOf(bytes));
    if (isWhole) {
      const now = new Date();
      futimesSync(descriptor, now, now);
      return bytes;
    }
  } finally {
    closeSync(descriptor);
  }
  rmSync(path, { force: true });
  return undefined;
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

interface Kept {
  readonly name: string;
  readonly path: string;
  /** In milliseconds. */
  readonly used: number;
  readonly size: number;
}

function filesIn(folder: string): readonly Kept[] {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    const { mtimeMs, size } = statSync(path);
    return { name, path, used: mtimeMs, size };
  });
}

const NOTHING = { entries: 0, bytes: 0 } as const;

function sizeOf(files: readonly Kept[]): { readonly entries: number; readonly bytes: number } {
  const entries = files.filter(({ name }) => name.endsWith(SUFFIX));
  return { entries: entries.length, bytes: entries.reduce((sum, { size }) => sum + size, 0) };
}

function prune(folder: string, { entries, bytes }: Limits): void {
  const files = filesIn(folder);
  for (const { name, path, used } of files) {
    if (name.endsWith(PARTIAL) && Date.now() - used > ABANDONED) rmSync(path, { force: true });
  }
  const kept = files.filter(({ name }) => name.endsWith(SUFFIX)).sort((a, b) => a.used - b.used);
  let { entries: count, bytes: total } = sizeOf(kept);
  if (count <= entries && total <= bytes) return;
  for (const { path, size } of kept) {
    if (count <= LEFT * entries && total <= LEFT * bytes) return;
    rmSync(path, { force: true });
    count--;
    total -= size;
  }
}

/** What goes wrong with a file that only saves time is as if it were not there. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
