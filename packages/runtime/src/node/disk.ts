// What saving and reading a run need of the machine: the calls of the file system, and which processes live. A test and
// the torture put their own in its place, which refuses a call, ends a process at it, or plays another platform.

import { readdir, realpath, stat } from "node:fs";
import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { codeOf } from "../problem/thrown.ts";
import { type Owner, thisProcess } from "./machine.ts";
import { type MoveHost, THIS_HOST } from "./move.ts";
import { type JudgeStart, readWhole } from "./regular-file.ts";

export interface DiskFile {
  readonly writeFile: (bytes: Uint8Array) => Promise<void>;
  /** Resolves when the disk has it. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface Disk extends MoveHost {
  readonly mkdir: (path: string) => Promise<unknown>;
  readonly mkdtemp: (prefix: string) => Promise<string>;
  readonly open: (path: string, flags: "wx" | "r") => Promise<DiskFile>;
  readonly readdir: (path: string) => Promise<string[]>;
  /** Of so many bytes at most; `judge` looks at the size and at the first bytes, and may throw. */
  readonly readFile: (path: string, largest: number, judge?: JudgeStart) => Promise<Uint8Array>;
  readonly realpath: (path: string) => Promise<string>;
  /** Removes a folder with all that is in it. */
  readonly rm: (path: string, options: { readonly recursive: true; readonly force: true }) => Promise<void>;
  readonly stat: (path: string) => Promise<Found>;
  /** This process. */
  readonly owner: () => Owner;
  /** Whether the process of this machine lives that had the number at a time, in milliseconds since 1970. */
  readonly lives: (pid: number, atMs: number) => boolean;
  /** Milliseconds since 1970, as files have them. */
  readonly now: () => number;
}

export interface Found {
  readonly dev: number;
  readonly ino: number;
  readonly mtimeMs: number;
  readonly isDirectory: () => boolean;
}

// `fs/promises` brings a dozen other parts of Node along, five milliseconds of a start: who only reads a run does without.
const readdirOf = promisify(readdir);
const realpathOf = promisify(realpath.native);
const statOf = promisify(stat);

export const THIS_DISK: Disk = {
  ...THIS_HOST,
  mkdir: (path) => mkdir(path),
  mkdtemp: (prefix) => mkdtemp(prefix),
  open: (path, flags) => open(path, flags),
  readdir: (path) => readdirOf(path),
  readFile: readWhole,
  realpath: (path) => realpathOf(path),
  rm: (path, options) => rm(path, options),
  stat: (path) => statOf(path),
  owner: thisProcess,
  lives,
  now: Date.now,
};

/** Of this process, in whatever thread. */
const STARTED_MS = Date.now() - process.uptime() * 1000;

function lives(pid: number, atMs: number): boolean {
  // Numbers come again, in a container the first ones with every start.
  if (pid === process.pid) return atMs >= STARTED_MS;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives and is another user's.
    return codeOf(error) === "EPERM";
  }
}
