// Cases of rng_bit_generator: exactly the words of Philox, and the state that follows them.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { rngState } from "@netwright/ir";
import fc from "fast-check";
import type { OpCase } from "../ops/op-case.ts";
import { emptyShapes, operand, shapes } from "../values/arbitraries.ts";

function from(
  state: fc.Arbitrary<Tensor>,
  shape: fc.Arbitrary<readonly number[]>,
): OpCase<"rng_bit_generator">["applications"] {
  return () => fc.tuple(state, shape).map(([x, s]) => ({ operands: [x], attributes: { shape: s } }));
}

const ONES = 0xffffffff;

/** Counters whose low words overflow within a few blocks. */
const carries: readonly (readonly number[])[] = [
  [1, 2, ONES, 0, 0, 0],
  [1, 2, ONES - 2, ONES, 7, 0],
  [0, ONES, ONES - 1, ONES, ONES, 3],
  [ONES, ONES, ONES, ONES, ONES, ONES],
];

const anyState = operand(rngState, "wide");

export const rngBitGeneratorCases: readonly OpCase<"rng_bit_generator">[] = [
  { variant: "shapes", tolerance: "exact", applications: from(anyState, shapes()) },
  { variant: "empty", tolerance: "exact", applications: from(anyState, emptyShapes()) },
  {
    variant: "carries of the counter",
    tolerance: "exact",
    applications: () =>
      carries.map((state) => ({ operands: [tensorOf(rngState, state)], attributes: { shape: [19] } })),
  },
];
