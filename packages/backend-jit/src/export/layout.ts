// The memory of a standalone module: that of the plan, and behind it the rows that go in and the predictions that
// come out, both row-major f64.

import { PAGE } from "../emit/module.ts";
import { tooLarge } from "../error.ts";
import { aligned } from "../plan/arena.ts";
import type { ProgramPlan } from "../plan/plan.ts";

/** As many as one call takes; more would save nothing. */
const ROWS = 256;
/** What 32-bit addresses reach. */
const LARGEST = 2 ** 32;

export interface Layout {
  /** Rows of one call. */
  readonly capacity: number;
  /** Address of [capacity x inputs]. */
  readonly input: number;
  /** Address of [capacity x outputs]. */
  readonly output: number;
  readonly pages: number;
}

/** @throws BackendError when that is more than a memory can have. */
export function layoutOf(plan: ProgramPlan, inputs: number, outputs: number): Layout {
  const input = aligned(plan.bytes);
  const output = input + aligned(8 * ROWS * inputs);
  const bytes = output + 8 * ROWS * outputs;
  if (bytes > LARGEST) {
    throw tooLarge(
      `the model needs ${(bytes / 2 ** 30).toFixed(1)} GB of memory, and WebAssembly has 4 GB`,
      "Use smaller layers.",
    );
  }
  return { capacity: ROWS, input, output, pages: Math.ceil(bytes / PAGE) };
}
