// How many rows kernels over the same rows do at a time.

import { fullInputs } from "../kernels/body.ts";
import { elementsOfRow, type RowKernel } from "../kernels/rows.ts";
import type { BufferId } from "../kernels/rule.ts";
import { buffersOf } from "../kernels/table.ts";

/** What a strip of the widest array may take, in bytes: little, so that reading the next one overlaps (measured by bench/rows.mjs). */
const STRIP_BYTES = 1 << 12;
const MOST_STRIP = 256;
/** Of what has one element in a row vectors are whole, or those of a strip of fewer rows. */
const VECTOR = 4;
/** At least so many, of several rows, so that threads have some each. */
const SHARED_STRIPS = 16;

/**
 * Elements of rows that lanes read side by side and that the processor does not fetch ahead by itself: several rows of less are
 * one run to it, and in a row of more there is time for it (measured by bench/rows.mjs).
 */
const FETCHED = { from: 128, to: 256 };

export function stripOf(kernels: readonly RowKernel[], rows: number): number {
  const widest = Math.max(1, ...kernels.map((kernel) => elementsOfRow(kernel, rows)));
  /** What the passes do at a time. */
  const least = Math.max(
    1,
    ...kernels.map((kernel) => (kernel.kind === "map" ? 1 : (kernel.together[0]?.rows ?? 1))),
  );
  const inCache = least * Math.floor(STRIP_BYTES / (4 * widest) / least);
  const shared = VECTOR * Math.ceil(rows / SHARED_STRIPS / VECTOR);
  const strip = Math.max(least, Math.min(MOST_STRIP, inCache, shared));
  return strip < VECTOR ? Math.min(strip, 2) : strip - (strip % VECTOR);
}

/** What a pass over several rows at a time is the first to read. */
export function fetchedOf(kernels: readonly RowKernel[], rows: number): ReadonlyMap<BufferId, number> {
  const near = new Set<BufferId>();
  const fetched = new Map<BufferId, number>();
  for (const kernel of kernels) {
    const elements = elementsOfRow(kernel, rows);
    const { reads, writes } = buffersOf(kernel);
    if (kernel.kind === "pass" && elements >= FETCHED.from && elements <= FETCHED.to) {
      const full = new Set([...fullInputs(kernel.body), ...kernel.reductions.map(({ operand }) => operand)]);
      for (const { buffer } of reads) {
        if (full.has(buffer) && !near.has(buffer)) fetched.set(buffer, elements);
      }
    }
    for (const buffer of [...reads.map((read) => read.buffer), ...writes]) near.add(buffer);
  }
  return fetched;
}
