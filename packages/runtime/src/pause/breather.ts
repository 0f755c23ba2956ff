// Lets the event loop run now and then during a long computation, so that a signal arrives, a progress bar
// moves and a page stays alive. Time decides only when to pause, never what is computed.

/** Often enough for a person, rare enough to cost nothing. */
const INTERVAL_MS = 50;

/** Gives a function to await between units of work; it pauses when the last pause was 50 ms ago. */
export function createBreather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < INTERVAL_MS) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
