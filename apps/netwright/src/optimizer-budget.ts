// How long the engine waits before it optimizes. That of Node 20 optimizes what has run for some milliseconds, and most commands
// are over before that is worth its time: a seventh of the processor time of `check` went there. Eight times as much work
// first is soon done by what runs long. Later engines have a faster compiler in between, and no such flag.

import { setFlagsFromString } from "node:v8";

/** `v8_flags.interrupt_budget` of that engine, to the unit: else its flags do not count as the usual ones. */
const USUAL = 66 * 1024;

let isPatient = false;

export function hasUsualFlags(): boolean {
  return !isPatient;
}

export function optimizeLater(): void {
  if (!process.versions.v8.startsWith("11.")) return;
  isPatient = true;
  setBudget(8 * USUAL);
}

/**
 * Code that is compiled in advance, as that of the parts of Node, is taken only with the flags that it was compiled with: to load
 * `node:crypto` would take three times as long.
 */
export function withUsualFlags<T>(load: () => T): T {
  if (!isPatient) return load();
  setBudget(USUAL);
  try {
    return load();
  } finally {
    setBudget(8 * USUAL);
  }
}

function setBudget(units: number): void {
  setFlagsFromString(`--interrupt-budget=${units}`);
}
