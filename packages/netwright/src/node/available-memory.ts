// How much memory a table may take.

import { totalmem } from "node:os";

/** Bytes of this machine, or of the container that the process is in. */
export function availableMemory(): number {
  // 0 or an enormous number where nothing constrains it; Node before 19.6 does not know.
  const constrained = process.constrainedMemory?.() ?? 0;
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/** "41 GB" */
export function gigabytes(bytes: number): string {
  return `${Number((bytes / 1e9).toPrecision(3))} GB`;
}
