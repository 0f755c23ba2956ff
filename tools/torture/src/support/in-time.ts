// Time that a case may take: of the processor, so that a busy machine makes no failures.

/** What `work` gives. One that takes longer is done again and timed. @throws when it took more than so many seconds */
export function inTime<T>(seconds: number, what: string, work: () => T): T {
  const begin = performance.now();
  const result = work();
  if (performance.now() - begin < seconds * 1000) return result;
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  const taken = (user + system) / 1e6;
  if (taken > seconds) throw new Error(`${what} took ${taken.toFixed(1)} s of the processor`);
  return result;
}
