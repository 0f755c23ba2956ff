// One pass over rows: elementwise operations, and reductions of each row of what they make or of what they read beside,
// added up where it is in registers. One of several kernels over the same rows, see `rows.ts`.

import { emitPass } from "../emit/reduce/emit-pass.ts";
import type { Together } from "../plan/rows-together.ts";
import type { PointwiseBody } from "./body.ts";
import { map } from "./map.ts";
import { type ReduceKernel, reduce } from "./reduce.ts";
import { type Buffers, type KernelRule, NO_SCRATCH } from "./rule.ts";

export interface PassKernel {
  readonly kind: "pass";
  /** Without operations where what is reduced is only read. */
  readonly body: PointwiseBody;
  /** Of whole rows, as many as the body has elements for. */
  readonly reductions: readonly ReduceKernel[];
  /** What lanes have at a time, the most first; what is left is done row by row. */
  readonly together: readonly Together[];
}

function buffers({ body, reductions }: PassKernel): Buffers {
  const made = new Set(body.ops.map(({ result }) => result));
  const own = map.buffers({ kind: "map", body });
  const reduced = reductions.map(reduce.buffers);
  return {
    reads: [...own.reads, ...reduced.flatMap(({ reads }) => reads).filter(({ buffer }) => !made.has(buffer))],
    writes: [...own.writes, ...reduced.flatMap(({ writes }) => writes)],
  };
}

export const pass: KernelRule<PassKernel> = {
  buffers,
  renamed: ({ body, reductions, ...rest }, rename) => ({
    ...rest,
    body: map.renamed({ kind: "map", body }, rename).body,
    reductions: reductions.map((each) => reduce.renamed(each, rename)),
  }),
  code: ({ body, reductions, ...rest }, names, share, engine) => ({
    key: {
      ...rest,
      body: map.code?.({ kind: "map", body }, names, share, engine).key,
      reductions: reductions.map((each) => reduce.code?.(each, names, share, engine).key),
    },
  }),
  // The rows are divided, not what is done with them.
  divide: () => undefined,
  scratch: () => NO_SCRATCH,
  work: ({ body, reductions }) =>
    reductions.reduce((sum, each) => sum + reduce.work(each), map.work({ kind: "map", body })),
  emit: emitPass,
  label: "pass",
  ops: ({ body, reductions }, purposes) => [
    ...map.ops({ kind: "map", body }, purposes),
    ...reductions.flatMap((each) => reduce.ops(each, purposes)),
  ],
  opName: (op) => reduce.opName?.(op) ?? op.name,
  shape: ({ body }) => [body.rows, body.columns],
};
