// How long a kernel takes, for the probes beside this.

/** Small numbers in all of the memory, so that nothing overflows and nothing is denormal. */
export function fill(memory) {
  const numbers = new Float32Array(memory.buffer);
  for (let i = 0; i < numbers.length; i++) numbers[i] = ((Math.imul(i, 2654435761) >>> 8) & 1023) / 1e5;
}

/** Milliseconds of processor time. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The least of some rounds, in milliseconds of `now`: by the clock, or `processorTime`. */
export function time(run, now = () => performance.now()) {
  const warm = performance.now() + 60;
  while (performance.now() < warm) run();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20; round++) {
    const start = now();
    const until = performance.now() + 3;
    let count = 0;
    do {
      run();
      count++;
    } while (performance.now() < until);
    best = Math.min(best, (now() - start) / count);
  }
  return best;
}
