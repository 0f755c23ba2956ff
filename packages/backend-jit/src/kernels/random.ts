// Random words, and the state of the generator after them.

import { emitRandom, randomNumbers, WORDS } from "../emit/random.ts";
import { RANDOM_WORD } from "../threads/work.ts";
import { type BufferId, type Buffers, type KernelRule, NO_SCRATCH, purposeOf } from "./rule.ts";

export interface RandomKernel {
  readonly kind: "random";
  readonly state: BufferId;
  readonly nextState: BufferId;
  readonly bits: BufferId;
  readonly size: number;
}

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
  // How many vectors whole turns of the loop make is a number in the code.
  code: (kernel, { numberOf }, share) => {
    const { size, ...others } = random.renamed(kernel, numberOf);
    return share === undefined && size >= 2 * WORDS
      ? { key: { ...others, rest: size % WORDS }, numbers: randomNumbers(size) }
      : { key: { ...others, size } };
  },
  divide: ({ size }) => ({ by: "blocks", units: Math.ceil(size / WORDS), size: WORDS }),
  scratch: () => NO_SCRATCH,
  work: ({ size }) => RANDOM_WORD * size,
  emit: emitRandom,
  label: "random",
  ops: (kernel, purposes) => purposeOf(buffers(kernel), purposes),
  shape: ({ size }) => [size],
};
