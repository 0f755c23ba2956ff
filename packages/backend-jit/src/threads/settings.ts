// How many threads a program may use here.

import { jitError } from "../error.ts";
import type { NoThreads, WorkerHost } from "./worker-host.ts";

/** More than any machine has use for with one memory; `--threads` has the same limit. */
export const MOST_THREADS = 64;
/** More share the caches and the memory with too little gain for a network's size. */
const DEFAULT_MOST = 8;

export interface Available {
  readonly threads: number;
  /** Why there are fewer than were asked for, or only one where there are more processors. */
  readonly note?: string;
}

/** `wanted` of the compile options. @throws BackendError for what is no number of threads */
export function availableThreads(host: WorkerHost | NoThreads, wanted?: number): Available {
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST_THREADS)) {
    throw jitError(
      `threads is ${wanted}; it is a whole number from 1 to ${MOST_THREADS}`,
      "Leave it out to use as many as there are processors.",
    );
  }
  if (wanted === 1) return { threads: 1 };
  if (typeof host === "string") return { threads: 1, note: host };
  const processors = Math.max(1, host.processors);
  if (wanted === undefined) return { threads: Math.min(DEFAULT_MOST, processors) };
  if (wanted <= processors) return { threads: wanted };
  // Threads beyond that take turns, and each waits for one that does not run.
  return {
    threads: processors,
    note: `${processors === 1 ? "one thread" : `${processors} threads`}, as this machine has no more processors`,
  };
}
