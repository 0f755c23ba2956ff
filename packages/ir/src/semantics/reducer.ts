// The meaning of `reduce` on plain numbers, for whoever computes it element by element: constant folding, the
// reference backend and kernels on the host.

import { at } from "@netwright/definitions";
import type { ElementType } from "../core/types.ts";
import { REDUCE_BLOCK, type ReduceKind } from "../ops/reduce.ts";
import { reduction } from "./scalar.ts";

export interface Reducer {
  /** The next element, in row-major order, of the result with that index. */
  readonly take: (result: number, element: number) => void;
  /** All results; nothing can be taken after it. */
  readonly finish: () => Float64Array;
}

/** @throws ConstraintError where the kind does not reduce the element type. */
export function reducer(kind: ReduceKind, dtype: ElementType, results: number): Reducer {
  const { identity, combine } = reduction(kind, dtype);
  const totals = new Float64Array(results).fill(identity);
  const blocks = new Float64Array(results).fill(identity);
  const counts = new Uint32Array(results);
  const close = (result: number): void => {
    totals[result] = combine(at(totals, result), at(blocks, result));
    blocks[result] = identity;
    counts[result] = 0;
  };
  return {
    take: (result, element) => {
      blocks[result] = combine(at(blocks, result), element);
      counts[result] = at(counts, result) + 1;
      if (at(counts, result) === REDUCE_BLOCK) close(result);
    },
    finish: () => {
      counts.forEach((count, result) => {
        if (count > 0) close(result);
      });
      return totals;
    },
  };
}
