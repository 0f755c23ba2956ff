// How many threads XLA's code for processors takes. A client has threads of its own, as many as the environment says when it is
// made; there is no option for it.

import { availableParallelism } from "node:os";
import type { Native } from "./pjrt/native.ts";

export const THREADS_VARIABLE = "PJRT_NPROC";

/** What is asked of one call goes before the environment, and that before the machine. */
export function chooseThreads(asked: number | undefined): number {
  if (asked !== undefined) return asked;
  const told = Number(process.env[THREADS_VARIABLE]);
  return Number.isInteger(told) && told > 0 ? told : availableParallelism();
}

/** What `make` gives while the environment asks for so many; afterwards it is as it was. */
export function withThreads<T>(native: Native, threads: number, make: () => T): T {
  const before = process.env[THREADS_VARIABLE];
  native.setVariable(THREADS_VARIABLE, String(threads));
  try {
    return make();
  } finally {
    native.setVariable(THREADS_VARIABLE, before);
  }
}
