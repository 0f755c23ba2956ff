// Where the threads have to wait for one another: before a kernel that touches what another thread may still read
// or write. Places in memory decide, not arrays, as places are used again.

/** Bytes that a kernel reads or writes. */
export interface Touched {
  readonly start: number;
  readonly end: number;
  readonly writes: boolean;
}

export interface Running {
  readonly touches: readonly Touched[];
  /** By all threads, or by the first alone. */
  readonly shared: boolean;
}

function conflict(a: Touched, b: Touched): boolean {
  return (a.writes || b.writes) && a.start < b.end && b.start < a.end;
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
