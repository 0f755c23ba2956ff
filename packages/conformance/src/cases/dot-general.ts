// Cases of dot_general: products of matrices as dense layers and their gradients need them, batches of them, and
// the general form. Products of whole numbers are exact in any order, so every backend must give them exactly.

import { type Attributes, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { ToleranceClass } from "../kit/tolerance.ts";
import type { Application } from "../ops/application.ts";
import type { OpCase } from "../ops/op-case.ts";
import { dimension, operand, permutationOf } from "../values/arbitraries.ts";
import type { Spread } from "../values/random-tensor.ts";

/** Sizes of the four kinds of dimensions. */
interface Sizes {
  readonly batching: readonly number[];
  readonly contracting: readonly number[];
  readonly lhsFree: readonly number[];
  readonly rhsFree: readonly number[];
}

/** Puts a side's dimensions, listed as batching, contracting, free, into any order. */
interface Side {
  readonly shape: readonly number[];
  readonly batching: readonly number[];
  readonly contracting: readonly number[];
}

function side({ batching, contracting }: Sizes, free: readonly number[], order: readonly number[]): Side {
  const listed = [...batching, ...contracting, ...free];
  const place = listed.map((_, i) => order.indexOf(i));
  return {
    shape: order.map((i) => listed[i] ?? 0),
    batching: place.slice(0, batching.length),
    contracting: place.slice(batching.length, batching.length + contracting.length),
  };
}

function product(
  sizes: Sizes,
  spread: Spread,
  orders: fc.Arbitrary<readonly [readonly number[], readonly number[]]>,
): fc.Arbitrary<Application<"dot_general">> {
  return orders.chain(([lhsOrder, rhsOrder]) => {
    const lhs = side(sizes, sizes.lhsFree, lhsOrder);
    const rhs = side(sizes, sizes.rhsFree, rhsOrder);
    const attributes: Attributes["dot_general"] = {
      lhsBatching: lhs.batching,
      rhsBatching: rhs.batching,
      lhsContracting: lhs.contracting,
      rhsContracting: rhs.contracting,
    };
    return fc
      .tuple(operand(tensor("f32", lhs.shape), spread), operand(tensor("f32", rhs.shape), spread))
      .map((operands) => ({ operands, attributes }));
  });
}

function anyOrder({ batching, contracting, lhsFree, rhsFree }: Sizes) {
  const shared = batching.length + contracting.length;
  return fc.tuple(permutationOf(shared + lhsFree.length), permutationOf(shared + rhsFree.length));
}

type Applications = OpCase<"dot_general">["applications"];

/** [m x k] times [k x n], each as it is or transposed. */
function matrices(size: fc.Arbitrary<number>, spread: Spread): Applications {
  return () =>
    fc.tuple(size, size, size).chain(([m, k, n]) => {
      const sizes = { batching: [], contracting: [k], lhsFree: [m], rhsFree: [n] };
      return product(sizes, spread, anyOrder(sizes));
    });
}

function general(
  counts: { readonly batching: number; readonly other: number },
  size: fc.Arbitrary<number>,
): Applications {
  const list = (most: number) => fc.array(size, { maxLength: most });
  return () =>
    fc
      .record({
        batching: list(counts.batching),
        contracting: list(counts.other),
        lhsFree: list(counts.other),
        rhsFree: list(counts.other),
      })
      .chain((sizes) => product(sizes, "moderate", anyOrder(sizes)));
}

/** Widths of real layers: larger than any tile, and not a multiple of one. */
const large = fc.constantFrom(1, 8, 64, 67, 131);
const small = fc.constantFrom(1, 2, 3, 5);
const maybeNone = fc.constantFrom(0, 1, 3);

const variants: readonly (readonly [variant: string, ToleranceClass, Applications])[] = [
  ["matrices", "accumulation", matrices(dimension, "moderate")],
  ["large matrices", "accumulation", matrices(large, "moderate")],
  ["matrices of whole numbers", "exact", matrices(dimension, "whole")],
  ["batches", "accumulation", general({ batching: 2, other: 1 }, fc.constantFrom(1, 2, 3, 5, 9))],
  ["general", "accumulation", general({ batching: 2, other: 2 }, small)],
  ["empty", "accumulation", general({ batching: 1, other: 1 }, maybeNone)],
  ["NaN and infinities", "accumulation", matrices(fc.constantFrom(1, 2, 5, 9), "non-finite")],
];

export const dotGeneralCases: readonly OpCase<"dot_general">[] = variants.map(
  ([variant, tolerance, applications]) => ({
    variant,
    tolerance,
    applications,
  }),
);
