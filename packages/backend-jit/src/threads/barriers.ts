// Where the threads have to wait for one another: before a kernel that touches what another thread may still read
// or write. Places in memory decide, not arrays, as places are used again.

import { at } from "@netwright/ir";
import type { OwnUnits } from "./share.ts";

/** Bytes that a kernel reads or writes. */
export interface Touched {
  readonly start: number;
  readonly end: number;
  readonly writes: boolean;
  /** Where each thread touches its own of so many units alone, and no step of a loop what another does. */
  readonly own?: OwnUnits & { readonly units: number };
}

export interface Running {
  readonly touches: readonly Touched[];
  /** By all threads, or by the first alone. */
  readonly shared: boolean;
}

function conflict(a: Touched, b: Touched): boolean {
  return (a.writes || b.writes) && a.start < b.end && b.start < a.end && !isOwn(a, b);
}

/** Whether a thread finds there in both what it has touched itself. */
function isOwn(a: Touched, b: Touched): boolean {
  if (a.own === undefined || b.own === undefined) return false;
  const [one, other] = [a.own, b.own];
  return (
    a.start === b.start &&
    one.units === other.units &&
    one.bytes === other.bytes &&
    one.inSteps === other.inSteps
  );
}

/**
 * The same for kernels that run once and for those that run in each step of a loop after them. Two steps tell all: what
 * a step has to wait for it has before it, in its own or in the one before.
 */
export function barriersInLoop(
  before: readonly Running[],
  body: readonly Running[],
): { readonly before: readonly boolean[]; readonly body: readonly boolean[] } {
  const barriers = barriersBefore([...before, ...body, ...body]);
  const first = barriers.slice(before.length, before.length + body.length);
  const second = barriers.slice(before.length + body.length);
  return {
    before: barriers.slice(0, before.length),
    body: first.map((waits, i) => waits || at(second, i)),
  };
}

/** For each of the kernels, which run in this order, whether a barrier comes before it. */
export function barriersBefore(kernels: readonly Running[]): boolean[] {
  let since: Running[] = [];
  return kernels.map((kernel) => {
    const waits = since.some(
      // What the first thread does alone it does in order.
      (before) =>
        (before.shared || kernel.shared) &&
        before.touches.some((a) => kernel.touches.some((b) => conflict(a, b))),
    );
    since = waits ? [kernel] : [...since, kernel];
    return waits;
  });
}
