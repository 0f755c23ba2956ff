// The order of the kernels of a function, and which results are written straight over the state they replace.
// That is allowed where everyone else who reads the old state comes before, and the kernel itself reads it only
// at the place that it writes.

import type { BufferId } from "../kernels/rule.ts";
import { buffersOf, type Kernel } from "../kernels/table.ts";

/** Result `buffer` becomes the state that the function was given as `state`. */
export interface StateUpdate {
  readonly buffer: BufferId;
  /** Undefined in `init`, which has no old state. */
  readonly state: BufferId | undefined;
}

export interface Schedule {
  readonly kernels: readonly Kernel[];
  /** The updates that take the place of the state while the kernels run; the others are copied afterwards. */
  readonly inPlace: ReadonlySet<BufferId>;
}

export function schedule(kernels: readonly Kernel[], updates: readonly StateUpdate[]): Schedule {
  const writer = new Map<BufferId, number>();
  kernels.forEach((kernel, i) => {
    buffersOf(kernel).writes.forEach((buffer) => {
      writer.set(buffer, i);
    });
  });
  const readers = new Map<BufferId, number[]>();
  // before[i]: the kernels that kernel i waits for.
  const before = kernels.map((kernel, i) => {
    const { reads } = buffersOf(kernel);
    reads.forEach(({ buffer }) => {
      const known = readers.get(buffer);
      if (known === undefined) readers.set(buffer, [i]);
      else known.push(i);
    });
    return new Set(reads.flatMap(({ buffer }) => writer.get(buffer) ?? []));
  });

  const waitsFor = (from: number, target: number): boolean => {
    const seen = new Set([from]);
    for (const each of seen) {
      if (each === target) return true;
      for (const other of before[each] ?? []) seen.add(other);
    }
    return false;
  };
  const inPlace = new Set<BufferId>();
  for (const { buffer, state } of updates) {
    const writing = writer.get(buffer);
    const kernel = writing === undefined ? undefined : kernels[writing];
    if (writing === undefined || kernel === undefined) continue;
    if (state !== undefined) {
      const others = (readers.get(state) ?? []).filter((reader) => reader !== writing);
      const readsItself = buffersOf(kernel).reads.some((read) => read.buffer === state && !read.inPlace);
      if (readsItself || others.some((reader) => waitsFor(reader, writing))) continue;
      for (const reader of others) before[writing]?.add(reader);
    }
    inPlace.add(buffer);
  }
  return { kernels: inOrder(kernels, before), inPlace };
}

/** Each after those that it waits for, otherwise in the order given. */
function inOrder(kernels: readonly Kernel[], before: readonly ReadonlySet<number>[]): Kernel[] {
  const ordered: Kernel[] = [];
  const visited = new Set<number>();
  const visit = (i: number): void => {
    if (visited.has(i)) return;
    visited.add(i);
    before[i]?.forEach(visit);
    const kernel = kernels[i];
    if (kernel !== undefined) ordered.push(kernel);
  };
  kernels.forEach((_, i) => {
    visit(i);
  });
  return ordered;
}
