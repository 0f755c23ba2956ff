// From the times of epochs to samples per second.

/** Of the fastest third: on shared machines the slow epochs measure the neighbours. */
export function fastestRate(rows: number, seconds: readonly number[]): number {
  const fastest = [...seconds].sort((a, b) => a - b).slice(0, Math.max(1, Math.floor(seconds.length / 3)));
  return (rows * fastest.length) / fastest.reduce((sum, time) => sum + time, 0);
}
