// The host's clock and timer, typed: Node and browsers have the same, but TypeScript declares them only with either.

interface Host {
  readonly performance: { now(): number };
  setTimeout(call: () => void, milliseconds: number): unknown;
}

const host = globalThis as unknown as Host;

/** Milliseconds since some time. Fine enough for kernels in Node; a page sees steps of 5 to 100 microseconds. */
export function now(): number {
  return host.performance.now();
}

/** Lets others run. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    host.setTimeout(resolve, milliseconds);
  });
}
