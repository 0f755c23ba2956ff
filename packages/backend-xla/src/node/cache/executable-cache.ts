// Compiled programs, kept for the next start. They are machine code, which nobody checks before it runs: so the folder has to
// be the user's alone, and an entry is used only where the hash in it is that of its bytes.

import { createHash, randomUUID } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** Raised when entries are written in another way. */
const FORMAT = Buffer.from("netwright xla 1\n");
const HASH = 32;
const SUFFIX = ".xla";
/** An entry is some 100 KB. Beyond these the ones that were not used for longest go. */
const MOST_ENTRIES = 1000;
const LEFT_ENTRIES = 800;

export interface ExecutableCache {
  /** Why nothing is kept: a phrase for whoever wonders. */
  readonly refused?: string;
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

/** A folder that cannot be used is no error: then every program is compiled. */
export function executableCache(folder: string): ExecutableCache {
  const refused = prepare(folder);
  if (refused !== undefined) {
    return { refused, read: () => undefined, write: () => undefined, remove: () => undefined };
  }
  const pathOf = (key: string) => join(folder, key + SUFFIX);
  const remove = (key: string) => rmSync(pathOf(key), { force: true });
  return {
    read: (key) => quietly(() => readEntry(pathOf(key))),
    write: (key, bytes) => {
      quietly(() => {
        const partial = join(folder, `${randomUUID()}.partial`);
        writeFileSync(partial, Buffer.concat([FORMAT, hashOf(bytes), bytes]), { mode: 0o600, flag: "wx" });
        renameSync(partial, pathOf(key));
        prune(folder);
      });
    },
    remove: (key) => {
      quietly(() => remove(key));
    },
  };
}

/** Makes the folder; gives why it must not be used, if it must not. */
function prepare(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return strangers(folder, lstatSync(folder));
  } catch (error) {
    return `${folder} cannot be made: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Who else may write there. Windows keeps a user's folders from others by itself, and has no such numbers. */
function strangers(path: string, stats: Stats): string | undefined {
  if (!stats.isDirectory()) return `${path} is no folder`;
  const user = process.getuid?.();
  if (user === undefined) return undefined;
  if (stats.uid !== user) return `${path} is the folder of another user`;
  return (stats.mode & 0o022) === 0 ? undefined : `others may write to ${path}`;
}

function readEntry(path: string): Uint8Array | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile()) return undefined;
  const user = process.getuid?.();
  if (user !== undefined && (stats.uid !== user || (stats.mode & 0o022) !== 0)) return undefined;
  const content = readFileSync(path);
  const bytes = content.subarray(FORMAT.length + HASH);
  const isWhole =
    content.subarray(0, FORMAT.length).equals(FORMAT) &&
    content.subarray(FORMAT.length, FORMAT.length + HASH).equals(hashOf(bytes));
  if (!isWhole) {
    rmSync(path, { force: true });
    return undefined;
  }
  const now = new Date();
  utimesSync(path, now, now);
  return bytes;
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function prune(folder: string): void {
  const names = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
  if (names.length <= MOST_ENTRIES) return;
  const aged = names
    .map((name) => ({ path: join(folder, name), used: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => a.used - b.used);
  for (const { path } of aged.slice(0, names.length - LEFT_ENTRIES)) rmSync(path, { force: true });
}

/** What goes wrong with a file that only saves time is as if it were not there. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
