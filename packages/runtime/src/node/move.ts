// Moving a file or a folder into its place. Windows refuses that while any program has it, or a file in it, open: for
// moments a virus scanner or an indexer, for long an editor or another Netwright.

import { renameSync } from "node:fs";
import { rename } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { codeOf } from "../problem/thrown.ts";

/** What moving needs of the machine: `process` and the file system, or those of a test. */
export interface MoveHost {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly wait: (ms: number) => Promise<unknown>;
}

export interface MoveSyncHost {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => void;
  readonly wait: (ms: number) => void;
}

// As functions of their own: what they call is loaded by the first that moves something.
export const THIS_HOST: MoveHost = {
  platform: process.platform,
  rename: (from, to) => rename(from, to),
  wait: (ms) => wait(ms),
};
const SYNC_HOST: MoveSyncHost = { platform: process.platform, rename: renameSync, wait: sleep };

/** Between attempts; two seconds in sum, in which a scanner is done. */
const WAITS_MS = [10, 20, 50, 100, 200, 400, 600, 620] as const;

/** Windows says one or another, by who has it open and how. */
const HELD: ReadonlySet<string | null> = new Set(["EPERM", "EACCES", "EBUSY"]);

/** @throws errors of the file system; on Windows after some attempts */
export async function move(from: string, to: string, host: MoveHost = THIS_HOST): Promise<void> {
  for (const ms of WAITS_MS) {
    try {
      return await host.rename(from, to);
    } catch (error) {
      if (!isHeldOpen(error, host.platform)) throw error;
      await host.wait(ms);
    }
  }
  await host.rename(from, to);
}

/** The same, which stops the thread while it waits. */
export function moveSync(from: string, to: string, host: MoveSyncHost = SYNC_HOST): void {
  for (const ms of WAITS_MS) {
    try {
      host.rename(from, to);
      return;
    } catch (error) {
      if (!isHeldOpen(error, host.platform)) throw error;
      host.wait(ms);
    }
  }
  host.rename(from, to);
}

/** Whether a move failed as only Windows lets it: elsewhere the same codes are about permissions. */
export function isHeldOpen(error: unknown, platform: NodeJS.Platform = process.platform): boolean {
  const isMove =
    typeof error === "object" && error !== null && "syscall" in error && error.syscall === "rename";
  return platform === "win32" && isMove && HELD.has(codeOf(error));
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
