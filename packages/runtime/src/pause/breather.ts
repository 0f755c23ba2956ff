// Lets the event loop run now and then during a long computation, so that a signal arrives, a progress bar
// moves and a page stays alive. Time decides only when to pause, never what is computed.

/** Often enough for a person, rare enough to cost nothing. */
const INTERVAL_MS = 50;

/** While something is written beside the work: a turn of the loop for each call of the system. */
const BUSY_INTERVAL_MS = 1;
/** The part of the time that those turns may take. */
const BUSY_SHARE = 100;
const MOST_TURNS = 100;

/**
 * Gives a function to await between units of work; it pauses when the last pause was 50 ms ago, and more often while
 * `isBusy` says that something waits for the event loop.
 */
export function createBreather(
  now: () => number = () => performance.now(),
  isBusy: () => boolean = () => false,
): () => Promise<void> {
  let last = now();
  return async () => {
    const begin = now();
    const passed = begin - last;
    if (passed < BUSY_INTERVAL_MS || (passed < INTERVAL_MS && !isBusy())) return;
    await turnOfLoop();
    // Counted, too, as a clock may stand still.
    for (let turn = 0; turn < MOST_TURNS && isBusy() && now() - begin < passed / BUSY_SHARE; turn++) {
      await turnOfLoop();
    }
    last = now();
  };
}

/** Without the millisecond that a timer takes at least, a fiftieth of a training's time, where there is another way. */
function turnOfLoop(): Promise<void> {
  const here: { readonly setImmediate?: (resolve: () => void) => unknown } = globalThis;
  return new Promise((resolve) => (here.setImmediate ?? setTimeout)(resolve));
}
