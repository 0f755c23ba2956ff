// Rows of an array replaced by updates, or with updates added, at indices; those outside are left out.

import type { ScatterKind } from "@netwright/ir";
import { emitScatter } from "../emit/scatter.ts";
import type { Share, Sharing } from "../threads/share.ts";
import { TOUCH } from "../threads/work.ts";
import { type BufferId, type Buffers, type KernelRule, NO_SCRATCH, purposeOf } from "./rule.ts";

export interface ScatterKernel {
  readonly kind: "scatter";
  /** `add` is for f32. */
  readonly scatter: ScatterKind;
  readonly source: BufferId;
  readonly rows: number;
  /** Elements of a row. */
  readonly width: number;
  readonly indices: BufferId;
  readonly updates: BufferId;
  /** How many indices there are. */
  readonly count: number;
  readonly result: BufferId;
}

function buffers({ source, indices, updates, result }: ScatterKernel): Buffers {
  const reads = [source, indices, updates].map((buffer) => ({ buffer, inPlace: false }));
  return { reads, writes: [result] };
}

export const scatter: KernelRule<ScatterKernel> = {
  buffers,
  renamed: (kernel, rename) => ({
    ...kernel,
    source: rename(kernel.source),
    indices: rename(kernel.indices),
    updates: rename(kernel.updates),
    result: rename(kernel.result),
  }),
  divide,
  scratch: () => NO_SCRATCH,
  work: ({ rows, width, count }) => TOUCH * (2 * rows * width + 3 * count * (width + 1)),
  emit: emitScatter,
  label: "scatter",
  ops: (kernel, purposes) => purposeOf(buffers(kernel), purposes),
  opName: (op) => (op.name === "scatter" ? `scatter ${op.attributes.kind}` : op.name),
  shape: ({ count, width }) => [count, width],
};

/** Every thread goes through all updates in order, and takes what falls into its columns, or its rows. */
function divide({ rows, width }: ScatterKernel, { threads, line }: Sharing): Share {
  return width >= threads * line
    ? { by: "columns", units: Math.ceil(width / line), size: line }
    : { by: "rows", units: rows, size: 1 };
}
