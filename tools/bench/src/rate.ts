// From the times of epochs to samples per second, and of calls to the time of one.

/** Of the fastest third: on shared machines the slow epochs measure the neighbours. */
export function fastestRate(rows: number, seconds: readonly number[]): number {
  const fastest = [...seconds].sort((a, b) => a - b).slice(0, Math.max(1, Math.floor(seconds.length / 3)));
  return (rows * fastest.length) / fastest.reduce((sum, time) => sum + time, 0);
}

/** Seconds of one call: the mean of the fastest third, after some calls that warm up. */
export function fastestTime(seconds: number, work: () => void): number {
  for (let i = 0; i < 50; i++) work();
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    work();
    times.push((performance.now() - start) / 1000);
  }
  return 1 / fastestRate(1, times);
}
