// Writes a graph with one name for each operand.

import type { Tensor } from "@netwright/backend-reference";
import { type Builder, ConstraintError, type Value } from "@netwright/ir";
import type { Graph } from "../ops/graph.ts";

/** As many values as there are operands. */
export type ValuesOf<N extends readonly Tensor[]> = { readonly [I in keyof N]: Value };

export function graphOfValues<const N extends readonly Tensor[]>(
  operands: N,
  build: (b: Builder, values: ValuesOf<N>) => readonly Value[],
): Graph {
  return {
    operands,
    build: (b, values) => {
      if (values.length !== operands.length) {
        throw new ConstraintError("operand_count", `${operands.length} expected, got ${values.length}`);
      }
      // The lengths are equal, so the list of values has the form of N.
      return build(b, values as unknown as ValuesOf<N>);
    },
  };
}
