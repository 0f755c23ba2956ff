// Signals to a process once it has said something, as a hand presses Ctrl-C while it looks on.

import type { Started } from "./command.ts";

export interface Presses {
  readonly signal: NodeJS.Signals;
  /** Milliseconds after it was said, of each signal. */
  readonly after: readonly number[];
}

export interface Pressed {
  /** Whether it was said at all. */
  readonly isSaid: () => boolean;
  /** How many signals were sent while the process was there. */
  readonly sent: () => number;
}

/** `said` is looked for in all that comes on standard error. */
export function press({ process: child }: Started, said: RegExp, { signal, after }: Presses): Pressed {
  let [told, isSaid, sent] = ["", false, 0];
  child.stderr?.on("data", (data) => {
    told += String(data);
    if (isSaid || !said.test(told)) return;
    isSaid = true;
    for (const ms of after) {
      setTimeout(() => {
        if (child.exitCode === null && child.kill(signal)) sent++;
      }, ms);
    }
  });
  return { isSaid: () => isSaid, sent: () => sent };
}
