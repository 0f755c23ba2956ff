// Time that a case may take: of the processor, so that a busy machine makes no failures. What never ends is ended from a
// thread of its own, with the whole process, as nothing else can: the case is named, and the harness tells no more.

import { Worker } from "node:worker_threads";

/** What `work` gives. One that takes longer is done again and timed. @throws when it took more than so many seconds */
export function inTime<T>(seconds: number, what: string, work: () => T): T {
  const timer = timerOf(seconds, what);
  try {
    const result = work();
    if (!timer.isLong()) return result;
    timer.again();
    work();
    timer.check();
    return result;
  } finally {
    timer.end();
  }
}

/** The same of work that waits. */
export async function inTimeAsync<T>(seconds: number, what: string, work: () => Promise<T>): Promise<T> {
  const timer = timerOf(seconds, what);
  try {
    const result = await work();
    if (!timer.isLong()) return result;
    timer.again();
    await work();
    timer.check();
    return result;
  } finally {
    timer.end();
  }
}

function timerOf(seconds: number, what: string) {
  const end = watched(Math.max(LEAST, seconds * PATIENCE), what);
  const begin = performance.now();
  let before = process.cpuUsage();
  return {
    isLong: () => performance.now() - begin > seconds * 1000,
    again: () => {
      before = process.cpuUsage();
    },
    check: () => {
      const { user, system } = process.cpuUsage(before);
      const taken = (user + system) / 1e6;
      if (taken > seconds) throw new Error(`${what} took ${taken.toFixed(1)} s of the processor`);
    },
    end,
  };
}

/** Twice, on a machine that does ten other things. */
const PATIENCE = 20;
const LEAST = 60;
const TEXT = 300;

let watch: { readonly end: Float64Array; readonly text: Uint8Array } | undefined;

function watched(seconds: number, what: string): () => void {
  watch ??= begun();
  const { end, text } = watch;
  text.fill(32).set(new TextEncoder().encode(what).subarray(0, TEXT));
  end[0] = Date.now() + seconds * 1000;
  return () => {
    end[0] = 0;
  };
}

function begun() {
  const end = new Float64Array(new SharedArrayBuffer(8));
  const text = new Uint8Array(new SharedArrayBuffer(TEXT));
  const workerData = { end, text };
  new Worker(WATCHING, { eval: true, workerData }).unref();
  return workerData;
}

const WATCHING = `
const { workerData: { end, text } } = require("node:worker_threads");
setInterval(() => {
  // Read once: a case that ends between two looks would be one that does not.
  const until = end[0];
  if (until === 0 || Date.now() < until) return;
  require("node:fs").writeSync(2, Buffer.from(text).toString().trim() + " does not end\\n");
  process.kill(process.pid, "SIGKILL");
}, 500);
`;
