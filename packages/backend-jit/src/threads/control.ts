// The words at the start of a shared memory by which the threads of a program keep together. Each has a cache line
// of its own. Addresses in bytes; behind them begins what the plan places.

const LINE = 64;

/** Address of the first array where there is one thread, and of the first control word otherwise. */
export const FIRST_PLACE = LINE;

export const control = {
  /** How many threads stand at the barrier. */
  arrived: FIRST_PLACE,
  /** Counts the barriers that all have passed. */
  generation: FIRST_PLACE + LINE,
  /** How many threads sleep until the generation changes. */
  sleepers: FIRST_PLACE + 2 * LINE,
  /** Counts the calls; a worker starts when it changes. */
  call: FIRST_PLACE + 3 * LINE,
  /** Which function the workers are to run: its position in the plan, or `END`. */
  func: FIRST_PLACE + 4 * LINE,
  /** How many workers wait for their first call. */
  ready: FIRST_PLACE + 5 * LINE,
  /** Not 0 once a worker has ended that should not have. */
  failed: FIRST_PLACE + 6 * LINE,
} as const;

/** Address of the first array where several threads share the memory. */
export const FIRST_SHARED_PLACE = FIRST_PLACE + 7 * LINE;

/** In place of a function: the worker is to end. */
export const END = -1;
