// A kernel that is still growing: elementwise operations join it while the plan is made.

import type { PointwiseBody, PointwiseOp } from "../kernels/body.ts";
import type { ContractionKernel } from "../kernels/contraction.ts";
import type { BufferId } from "../kernels/rule.ts";
import type { Kernel } from "../kernels/table.ts";

/** What a draft computes before its elementwise operations, if anything. */
export type Core =
  | { readonly kind: "map" }
  | { readonly kind: "contraction"; readonly contraction: Omit<ContractionKernel, "body"> }
  | { readonly kind: "fixed"; readonly kernel: Kernel };

export interface Draft {
  readonly core: Core;
  /** Among all drafts of the function, once it is one of them. */
  position: number;
  /** Elements of each array of the body. */
  readonly size: number;
  /** Undefined while no operand is repeated along rows or columns. */
  columns: number | undefined;
  readonly ops: PointwiseOp[];
  /** Made inside, readable in place by operations that join. */
  readonly made: Set<BufferId>;
  /** Made outside. */
  readonly reads: Set<BufferId>;
}

export function mapDraft(size: number): Draft {
  return {
    core: { kind: "map" },
    position: -1,
    size,
    columns: undefined,
    ops: [],
    made: new Set(),
    reads: new Set(),
  };
}

export function contractionDraft(contraction: Omit<ContractionKernel, "body">): Draft {
  return {
    core: { kind: "contraction", contraction },
    position: -1,
    size: contraction.batch * contraction.rows * contraction.columns,
    columns: contraction.columns,
    ops: [],
    made: new Set([contraction.result]),
    reads: new Set([contraction.lhs.buffer, contraction.rhs.buffer]),
  };
}

export function fixedDraft(kernel: Kernel, reads: readonly BufferId[], writes: readonly BufferId[]): Draft {
  return {
    core: { kind: "fixed", kernel },
    position: -1,
    size: 0,
    columns: undefined,
    ops: [],
    made: new Set(writes),
    reads: new Set(reads),
  };
}

/** The kernel, writing to memory those of its results that `isNeeded`. */
export function finishDraft(draft: Draft, isNeeded: (buffer: BufferId) => boolean): Kernel {
  if (draft.core.kind === "fixed") return draft.core.kernel;
  const columns = draft.columns ?? draft.size;
  const body: PointwiseBody = {
    rows: columns === 0 ? 0 : draft.size / columns,
    columns,
    ops: draft.ops,
    stores: [...draft.made].filter(isNeeded),
  };
  return draft.core.kind === "map"
    ? { kind: "map", body }
    : { ...draft.core.contraction, kind: "contraction", body };
}
