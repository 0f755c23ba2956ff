// reduce: sum, product, maximum or minimum of numbers, and or or of truth values, over dimensions. The order of the additions is part of the meaning:
// for each result element the operand's elements in row-major order are cut into blocks of `REDUCE_BLOCK`; an
// accumulator for each block starts at the identity and takes its elements in order; one more takes the results of
// the blocks, in order. In f32 each step is rounded. Backends that promise equal bits follow it.
//
// Up to a block that is the plain order. Beyond, long sums lose less to rounding, and as the blocks are part of the
// meaning and not of the machine, lanes and threads may each have some without changing a bit.

import { sizeOf, tensor } from "../core/types.ts";
import { constrain, type OpDefinition, operand } from "./definition.ts";

/** Of numbers. */
export type NumericReduceKind = "sum" | "product" | "max" | "min";

/** `and` and `or` are of truth values. */
export type ReduceKind = NumericReduceKind | "and" | "or";

/** Elements that one accumulator takes. */
export const REDUCE_BLOCK = 512;

const OF_PRED: readonly string[] = ["and", "or"] satisfies ReduceKind[];
const KINDS: readonly string[] = ["sum", "product", "max", "min", ...OF_PRED];

export interface ReduceAttributes {
  readonly kind: ReduceKind;
  /** Removed from the shape; in increasing order. */
  readonly dimensions: readonly number[];
}

export const reduce: OpDefinition<ReduceAttributes> = {
  summary: "combines the elements along dimensions; over nothing it gives the identity",
  operands: 1,
  fields: { kind: "word", dimensions: "integers" },
  cost: ({ operands: [x] }) => ({ macs: 0, flops: x?.dtype === "f32" ? sizeOf(x.shape) : 0 }),
  infer: (operands, { kind, dimensions }) => {
    const x = operand(operands, 0);
    constrain(KINDS.includes(kind), "reduce_c1", `unknown kind ${kind}`);
    constrain(
      (x.dtype === "pred") === OF_PRED.includes(kind),
      "reduce_c2",
      `${kind} does not reduce ${x.dtype}`,
    );
    constrain(
      dimensions.every((d, i) => d > (dimensions[i - 1] ?? -1) && d < x.shape.length),
      "reduce_c3",
      `dimensions ${dimensions} must increase and lie in rank ${x.shape.length}`,
    );
    return [
      tensor(
        x.dtype,
        x.shape.filter((_, i) => !dimensions.includes(i)),
      ),
    ];
  },
};
