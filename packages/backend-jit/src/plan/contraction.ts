// dot_general as a batch of plain products: result[b, i, j] = sum over k of lhs[b, i, k] rhs[b, j, k], where each
// operand has one stride for each dimension that makes up one of its three indices.

import { type Attributes, at } from "@netwright/ir";
import type { ContractionOperand } from "../kernels/contraction.ts";
import type { Source } from "./movement.ts";
import { mergedRuns, runsOf } from "./strides.ts";

export function contractionOperands(
  attributes: Attributes["dot_general"],
  lhs: Source,
  rhs: Source,
): { readonly lhs: ContractionOperand; readonly rhs: ContractionOperand } {
  const { lhsBatching, rhsBatching, lhsContracting, rhsContracting } = attributes;
  const [left, right] = [lhs.type.shape, rhs.type.shape];
  const batch = mergedRuns(runsOf(left, lhsBatching), runsOf(right, rhsBatching));
  const inner = mergedRuns(runsOf(left, lhsContracting), runsOf(right, rhsContracting));
  const operand = (side: 0 | 1, { buffer, type }: Source, taken: readonly number[]): ContractionOperand => {
    const kept = type.shape.flatMap((_, d) => (taken.includes(d) ? [] : [d]));
    const [free = []] = mergedRuns(runsOf(type.shape, kept));
    return { buffer, start: 0, batch: at(batch, side), free, inner: at(inner, side) };
  };
  return {
    lhs: operand(0, lhs, [...lhsBatching, ...lhsContracting]),
    rhs: operand(1, rhs, [...rhsBatching, ...rhsContracting]),
  };
}
