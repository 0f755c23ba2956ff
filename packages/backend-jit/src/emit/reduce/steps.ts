// The step of a reduction on four lanes, each of which has an accumulator of its own.

import { REDUCE_BLOCK, type ReduceKind, reduction } from "@netwright/ir";
import type { ReduceKernel } from "../../kernels/reduce.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { combine, constantLanes } from "../elementwise.ts";
import type { Emission } from "../emission.ts";

const NAMES = {
  sum: "add",
  product: "multiply",
  max: "maximum",
  min: "minimum",
  and: "and",
  or: "or",
} as const satisfies {
  readonly [K in ReduceKind]: string;
};

export interface Steps {
  /** Sets accumulators to the identity. */
  readonly reset: (...accumulators: Local[]) => void;
  /** The accumulator takes an element, or the result of a block. */
  readonly take: (accumulator: Local, element: Local) => void;
}

/** For one kernel: what is constant is taken now, before any loop. */
export function stepsOf(emission: Emission, { reduce, dtype }: ReduceKernel): Steps {
  const { fn } = emission;
  const step = combine(NAMES[reduce], dtype);
  const start = constantLanes(emission, dtype, reduction(reduce, dtype).identity);
  return {
    reset: (...accumulators) => {
      for (const accumulator of accumulators) fn.get(start).set(accumulator);
    },
    take: (accumulator, element) =>
      fn.scope(() => {
        fn.get(step(emission, accumulator, element)).set(accumulator);
      }),
  };
}

/** Whether there is more than one accumulator for a result. */
export function isInBlocks(elements: number): boolean {
  return elements > REDUCE_BLOCK;
}
