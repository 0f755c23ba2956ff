// dot_general as a batch of plain products: result[b, i, j] = sum over k of lhs[b, i, k] rhs[b, j, k], where each
// operand has one stride for each dimension that makes up one of its three indices.

import { type Attributes, at } from "@netwright/ir";
import type { ContractionOperand } from "../kernels/contraction.ts";
import { cutAlike, mergedRuns, type Run } from "./strides.ts";
import { type Laid, runsOf } from "./view.ts";

/** Undefined where one of them lies so that the other cannot be taken apart as it is: a copy of it can. */
export function contractionOperands(
  attributes: Attributes["dot_general"],
  lhs: Laid,
  rhs: Laid,
): { readonly lhs: ContractionOperand; readonly rhs: ContractionOperand } | undefined {
  const { lhsBatching, rhsBatching, lhsContracting, rhsContracting } = attributes;
  const batch = paired(runsOf(lhs, lhsBatching), runsOf(rhs, rhsBatching));
  const inner = paired(runsOf(lhs, lhsContracting), runsOf(rhs, rhsContracting));
  if (batch === undefined || inner === undefined) return undefined;
  const operand = (side: 0 | 1, laid: Laid, taken: readonly number[]): ContractionOperand => {
    const kept = [...laid.dimensions.keys()].filter((d) => !taken.includes(d));
    const [free = []] = mergedRuns(runsOf(laid, kept));
    return { buffer: laid.buffer, start: 0, batch: at(batch, side), free, inner: at(inner, side) };
  };
  return {
    lhs: operand(0, lhs, [...lhsBatching, ...lhsContracting]),
    rhs: operand(1, rhs, [...rhsBatching, ...rhsContracting]),
  };
}

function paired(left: readonly Run[], right: readonly Run[]): readonly Run[][] | undefined {
  const alike = cutAlike(left, right);
  return alike && mergedRuns(...alike);
}
