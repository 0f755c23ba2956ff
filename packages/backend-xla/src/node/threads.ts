// How many threads XLA's code for processors takes. A plugin reads that from the environment, once, when its client is made; an
// accelerator has none to count.

import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";

/** What is asked of one call goes before it. */
export const THREADS_VARIABLE = "PJRT_NPROC";

/** Just before a client is made: asks for so many, and gives how many there will be. */
export function chooseThreads(asked: number | undefined): number {
  // The environment of a worker is a copy, which no library sees.
  if (asked !== undefined && isMainThread) process.env[THREADS_VARIABLE] = String(asked);
  const told = Number(process.env[THREADS_VARIABLE]);
  return Number.isInteger(told) && told > 0 ? told : availableParallelism();
}

/** What to say where there are others than were asked for. */
export function threadsNote(there: number, asked: number | undefined): string | undefined {
  if (asked === undefined || asked === there) return undefined;
  const all = there === 1 ? "1 thread" : `${there} threads`;
  return `it has ${all}, not ${asked}: they are made with the first program of a process, and stay`;
}
