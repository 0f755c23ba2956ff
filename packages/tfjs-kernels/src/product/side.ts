// One operand of dot_general seen as a stack of matrices: which permutation brings it into the order that
// a matrix product needs, and whether its elements lie in that order already.

import { at, sizeOf, type Value } from "@netwright/ir";
import type { Ref } from "../plan/plan.ts";
import type { Planner } from "../plan/planner.ts";
import { keepsOrder, transposed } from "../rules/movement.ts";

/** `rows`: [batch, free, contracted]; `columns`: [batch, contracted, free]. */
export type Order = "rows" | "columns";

export interface Side {
  readonly value: Value;
  readonly batch: number;
  readonly free: number;
  readonly contracted: number;
  readonly permutation: { readonly [K in Order]: readonly number[] };
}

export function sideOf(value: Value, batching: readonly number[], contracting: readonly number[]): Side {
  const { shape } = value.type;
  const free = shape.map((_, d) => d).filter((d) => !batching.includes(d) && !contracting.includes(d));
  const size = (dims: readonly number[]) => sizeOf(dims.map((d) => at(shape, d)));
  return {
    value,
    batch: size(batching),
    free: size(free),
    contracted: size(contracting),
    permutation: {
      rows: [...batching, ...free, ...contracting],
      columns: [...batching, ...contracting, ...free],
    },
  };
}

export function liesIn(side: Side, order: Order): boolean {
  return keepsOrder(side.value.type.shape, side.permutation[order]);
}

/** Elements to move to bring the operand into an order. */
export function costOf(side: Side, order: Order): number {
  return liesIn(side, order) ? 0 : side.batch * side.free * side.contracted;
}

/** The operand as a stack of matrices in that order. */
export function matrices(side: Side, order: Order, planner: Planner): Ref {
  const { batch, free, contracted } = side;
  const ordered = transposed(planner.full(side.value), side.permutation[order], planner);
  return planner.reshape(ordered, order === "rows" ? [batch, free, contracted] : [batch, contracted, free]);
}
