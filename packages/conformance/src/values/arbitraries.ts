// Generators of shapes and operands for fast-check: seeded, and shrinking towards few small dimensions.

import type { Tensor } from "@netwright/backend-reference";
import { sizeOf, type TensorType } from "@netwright/ir";
import fc from "fast-check";
import { randomTensor, type Spread } from "./random-tensor.ts";

/** Size 1, odd sizes, sizes around the width of a vector register, and beyond it. */
export const dimension = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33);

const LARGEST_SIZE = 3000;

export interface Ranks {
  readonly minRank?: number;
  readonly maxRank?: number;
}

/** Shapes with elements; some long and flat. */
export function shapes({ minRank = 0, maxRank = 4 }: Ranks = {}): fc.Arbitrary<readonly number[]> {
  const general = fc
    .array(dimension, { minLength: minRank, maxLength: maxRank })
    .filter((shape) => sizeOf(shape) <= LARGEST_SIZE);
  const long = [[1027], [3, 343], [513, 2], [2, 1, 259]].filter(
    ({ length }) => length >= minRank && length <= maxRank,
  );
  return long.length === 0
    ? general
    : fc.oneof({ weight: 5, arbitrary: general }, { weight: 1, arbitrary: fc.constantFrom(...long) });
}

/** Shapes with at least one dimension of size 0. */
export function emptyShapes({ minRank = 1, maxRank = 3 }: Ranks = {}): fc.Arbitrary<readonly number[]> {
  return fc
    .array(fc.constantFrom<number[]>(1, 2, 3, 5), { minLength: Math.max(minRank, 1), maxLength: maxRank })
    .chain((shape) => fc.nat({ max: shape.length - 1 }).map((zero) => shape.with(zero, 0)));
}

export function operand(type: TensorType, spread: Spread): fc.Arbitrary<Tensor> {
  return fc.nat({ max: 2 ** 31 - 1 }).map((seed) => randomTensor(type, seed, spread));
}

/** Some of the dimensions of a tensor of that rank, in increasing order; none and all are among them. */
export function dimensionsOf(rank: number): fc.Arbitrary<number[]> {
  return fc
    .array(fc.boolean(), { minLength: rank, maxLength: rank })
    .map((flags) => flags.flatMap((flag, d) => (flag ? [d] : [])));
}

export function permutationOf(rank: number): fc.Arbitrary<number[]> {
  const identity = Array.from({ length: rank }, (_, d) => d);
  return fc.shuffledSubarray(identity, { minLength: rank, maxLength: rank });
}
