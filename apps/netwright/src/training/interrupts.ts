// Ctrl-C during a training, until its run is on the disk. While it trains, the first press stops it in good order and the
// second one ends the process; while it is saved, the first one only asks for patience.

import type { Io } from "../io/io.ts";
import { EXIT } from "../usage/exit-code.ts";

/** What an interrupt meets; afterwards there is nothing left that could be lost. */
export type Phase = "training" | "saving" | "saved";

export interface Interrupts {
  readonly signal: AbortSignal;
  /** Presses are counted anew for each phase. */
  readonly enter: (phase: Phase) => void;
  readonly release: () => void;
}

/** npm passes Ctrl-C on to a process that the terminal has sent it to already: that is one press. */
const SAME_PRESS_MS = 300;

/** `onFirst` is called for the first press of a phase. */
export function watchInterrupts(
  io: Pick<Io, "onInterrupt" | "quit" | "now">,
  onFirst: (phase: "training" | "saving") => void,
): Interrupts {
  const controller = new AbortController();
  let phase: Phase = "training";
  let pressed = false;
  let last = Number.NEGATIVE_INFINITY;
  const release = io.onInterrupt(() => {
    const now = io.now();
    if (now - last <= SAME_PRESS_MS) return;
    last = now;
    if (pressed || phase === "saved") return io.quit(EXIT.interrupted);
    pressed = true;
    if (phase === "training") controller.abort();
    onFirst(phase);
  });
  return {
    signal: controller.signal,
    enter: (next) => {
      phase = next;
      pressed = false;
    },
    release,
  };
}
