// A box of an array that begins where scalars say: taken out of it, or put into a copy of it.

import { sizeOf } from "@netwright/ir";
import { emitWindow } from "../emit/window.ts";
import { TOUCH } from "../threads/work.ts";
import { type BufferId, type Buffers, type KernelRule, NO_SCRATCH, purposeOf } from "./rule.ts";

export interface WindowKernel {
  readonly kind: "window";
  /** Row-major, of `shape`. */
  readonly operand: BufferId;
  readonly shape: readonly number[];
  /** i32 scalars, one for each dimension; clamped, so that the box stays inside. */
  readonly starts: readonly BufferId[];
  readonly sizes: readonly number[];
  /** What is put into the copy; undefined where the box is the result. */
  readonly update: BufferId | undefined;
  readonly result: BufferId;
}

function buffers({ operand, starts, update, result }: WindowKernel): Buffers {
  const sources = [operand, ...starts, ...(update === undefined ? [] : [update])];
  return { reads: sources.map((buffer) => ({ buffer, inPlace: false })), writes: [result] };
}

export const window: KernelRule<WindowKernel> = {
  buffers,
  renamed: (kernel, rename) => ({
    ...kernel,
    operand: rename(kernel.operand),
    starts: kernel.starts.map(rename),
    update: kernel.update === undefined ? undefined : rename(kernel.update),
    result: rename(kernel.result),
  }),
  divide: () => undefined,
  scratch: () => NO_SCRATCH,
  work: ({ shape, sizes, update }) =>
    2 * TOUCH * (sizeOf(sizes) + (update === undefined ? 0 : sizeOf(shape))),
  emit: emitWindow,
  label: "movement",
  ops: (kernel, purposes) => purposeOf(buffers(kernel), purposes),
  shape: ({ sizes }) => sizes,
  moved: ({ shape, sizes, update }) => 4 * (sizeOf(sizes) + (update === undefined ? 0 : sizeOf(shape))),
};
