// Ctrl-C during training: the first one stops it in good order, the second one ends the process.

import type { Io } from "../io/io.ts";
import { EXIT } from "../usage/exit-code.ts";

export interface Interrupts {
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/** npm passes Ctrl-C on to a process that the terminal has sent it to already: that is one press. */
const SAME_PRESS_MS = 300;

export function watchInterrupts(
  io: Pick<Io, "onInterrupt" | "quit" | "now">,
  onFirst: () => void,
): Interrupts {
  const controller = new AbortController();
  let first: number | null = null;
  const release = io.onInterrupt(() => {
    if (first !== null) {
      if (io.now() - first > SAME_PRESS_MS) io.quit(EXIT.interrupted);
      return;
    }
    first = io.now();
    controller.abort();
    onFirst();
  });
  return { signal: controller.signal, release };
}
