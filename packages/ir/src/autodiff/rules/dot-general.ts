// Gradient of dot_general: two contractions with the cotangent, for matrices g W^T and x^T g.

import { at } from "@netwright/definitions";
import type { Builder } from "../../core/builder.ts";
import type { Value } from "../../core/program.ts";
import { oneResult, operandOf } from "../rule.ts";

/** Dimensions of a tensor of that rank that are in none of the lists. */
function freeOf(rank: number, ...used: readonly (readonly number[])[]): number[] {
  return Array.from({ length: rank }, (_, d) => d).filter((d) => !used.some((dims) => dims.includes(d)));
}

function range(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => start + i);
}

/** Brings dimensions that now stand for `order[0], order[1] ...` of the operand into its own order. */
function restore(b: Builder, x: Value, order: readonly number[]): Value {
  const permutation = order.map((_, d) => order.indexOf(d));
  return permutation.every((p, d) => p === d) ? x : b.transpose(x, permutation);
}

/** The contracting dimensions `paired` belong to, listed in increasing order of `own`. */
function partners(own: readonly number[], paired: readonly number[]): number[] {
  return [...own.keys()].sort((i, j) => at(own, i) - at(own, j)).map((i) => at(paired, i));
}

export const dotGeneral = oneResult<"dot_general">(({ builder: b, op, cotangent: g, needs }) => {
  const [lhs, rhs] = [operandOf(op, 0), operandOf(op, 1)];
  const { lhsBatching, rhsBatching, lhsContracting, rhsContracting } = op.attributes;
  const batch = range(0, lhsBatching.length);
  const lhsFree = freeOf(lhs.type.shape.length, lhsBatching, lhsContracting);
  const rhsFree = freeOf(rhs.type.shape.length, rhsBatching, rhsContracting);
  const gLhs = range(batch.length, lhsFree.length);
  const gRhs = range(batch.length + lhsFree.length, rhsFree.length);

  // g contracted with rhs over the free dimensions of rhs: [batch, free lhs, contracted]
  const toLhs = () => {
    const product = b.dotGeneral(g, rhs, {
      lhsBatching: batch,
      rhsBatching,
      lhsContracting: gRhs,
      rhsContracting: rhsFree,
    });
    // The contracted dimensions come out in the order of rhs; each stands for its partner in lhs.
    return restore(b, product, [...lhsBatching, ...lhsFree, ...partners(rhsContracting, lhsContracting)]);
  };

  // lhs contracted with g over the free dimensions of lhs: [batch, contracted, free rhs]
  const toRhs = () => {
    const product = b.dotGeneral(lhs, g, {
      lhsBatching,
      rhsBatching: batch,
      lhsContracting: lhsFree,
      rhsContracting: gLhs,
    });
    return restore(b, product, [...rhsBatching, ...partners(lhsContracting, rhsContracting), ...rhsFree]);
  };

  return [needs(0) ? toLhs() : undefined, needs(1) ? toRhs() : undefined];
});
