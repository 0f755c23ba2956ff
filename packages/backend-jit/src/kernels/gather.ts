// Rows of an array picked by indices, which are clamped to the rows that there are.

import { emitGather } from "../emit/rows.ts";
import { TOUCH } from "../threads/work.ts";
import { type BufferId, type Buffers, type KernelRule, NO_SCRATCH, purposeOf } from "./rule.ts";

export interface GatherKernel {
  readonly kind: "gather";
  readonly source: BufferId;
  readonly rows: number;
  /** Elements of a row. */
  readonly width: number;
  readonly indices: BufferId;
  /** How many indices there are. */
  readonly count: number;
  readonly result: BufferId;
}

function buffers({ source, indices, result }: GatherKernel): Buffers {
  const reads = [source, indices].map((buffer) => ({ buffer, inPlace: false }));
  return { reads, writes: [result] };
}

export const gather: KernelRule<GatherKernel> = {
  buffers,
  renamed: (kernel, rename) => ({
    ...kernel,
    source: rename(kernel.source),
    indices: rename(kernel.indices),
    result: rename(kernel.result),
  }),
  divide: ({ count }) => ({ by: "rows", units: count, size: 1 }),
  scratch: () => NO_SCRATCH,
  work: ({ count, width }) => 2 * TOUCH * count * (width + 1),
  emit: emitGather,
  label: "movement",
  ops: (kernel, purposes) => purposeOf(buffers(kernel), purposes),
  shape: ({ count, width }) => [count, width],
  // The rows that are picked, however many there are.
  moved: ({ count, width }) => 4 * count * (width + 1),
};
