// Random words, and the state of the generator after them.

import { emitRandom } from "../emit/random.ts";
import { RANDOM_WORD } from "../threads/work.ts";
import { type BufferId, type Buffers, type KernelRule, NO_SCRATCH, purposeOf } from "./rule.ts";

export interface RandomKernel {
  readonly kind: "random";
  readonly state: BufferId;
  readonly nextState: BufferId;
  readonly bits: BufferId;
  readonly size: number;
}

/** Words of a unit for threads: what four vectors of counters make. */
const WORDS = 16;

function buffers({ state, nextState, bits }: RandomKernel): Buffers {
  // The state is in locals before anything is written.
  return { reads: [{ buffer: state, inPlace: true }], writes: [nextState, bits] };
}

export const random: KernelRule<RandomKernel> = {
  buffers,
  renamed: (kernel, rename) => ({
    ...kernel,
    state: rename(kernel.state),
    nextState: rename(kernel.nextState),
    bits: rename(kernel.bits),
  }),
  divide: ({ size }) => ({ by: "blocks", units: Math.ceil(size / WORDS), size: WORDS }),
  scratch: () => NO_SCRATCH,
  work: ({ size }) => RANDOM_WORD * size,
  emit: emitRandom,
  label: "random",
  ops: (kernel, purposes) => purposeOf(buffers(kernel), purposes),
  shape: ({ size }) => [size],
};
