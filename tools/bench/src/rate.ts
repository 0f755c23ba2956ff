// From the times of epochs to samples per second, by the clock and by the processor's time, and of calls to the time of one.

/** Of the fastest third: on shared machines the slow epochs measure the neighbours. */
export function fastestRate(rows: number, seconds: readonly number[]): number {
  const fastest = [...seconds].sort((a, b) => a - b).slice(0, Math.max(1, Math.floor(seconds.length / 3)));
  return (rows * fastest.length) / fastest.reduce((sum, time) => sum + time, 0);
}

/** Samples per second. */
export interface Rates {
  /** By the clock, of the fastest epochs. */
  readonly value: number;
  /** By the processor's time of all threads of this process, of all epochs: neighbours change it less. */
  readonly cpu: number;
}

/** Over about that many seconds, after an epoch that warms up. */
export async function epochRate(
  rows: number,
  seconds: number,
  epoch: () => Promise<unknown>,
): Promise<Rates> {
  await epoch();
  const times: number[] = [];
  const begun = processorSeconds();
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end || times.length < 3) {
    const start = performance.now();
    await epoch();
    times.push((performance.now() - start) / 1000);
  }
  return { value: fastestRate(rows, times), cpu: (rows * times.length) / (processorSeconds() - begun) };
}

/** Of all threads of this process. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Seconds of one step: the mean of the fastest third, after some that warm up. `now` in milliseconds. */
export function fastestStep(seconds: number, step: () => unknown, now = () => performance.now()): number {
  for (let i = 0; i < 3; i++) step();
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end || times.length < 3) {
    const start = now();
    step();
    times.push((now() - start) / 1000);
  }
  return 1 / fastestRate(1, times);
}

/** Seconds of one call: the median, after some calls that warm up. */
export function medianTime(seconds: number, work: () => void): number {
  for (let i = 0; i < 50; i++) work();
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end || times.length < 3) {
    const start = performance.now();
    work();
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
