// Cases of select: it must carry every value through unchanged, NaN and infinities of the other side included.

import { type ElementType, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { OpCase } from "../ops/op-case.ts";
import { emptyShapes, operand, shapes } from "../values/arbitraries.ts";
import type { Spread } from "../values/random-tensor.ts";
import { elementTypes } from "./allowed-types.ts";

const over =
  (
    dtype: ElementType,
    shape: fc.Arbitrary<readonly number[]>,
    spread: Spread,
  ): OpCase<"select">["applications"] =>
  () =>
    shape.chain((s) => {
      const side = operand(tensor(dtype, s), spread);
      return fc
        .tuple(operand(tensor("pred", s), "wide"), side, side)
        .map((operands) => ({ operands, attributes: {} }));
    });

export const selectCases: readonly OpCase<"select">[] = elementTypes.flatMap((dtype) => [
  { variant: `${dtype} shapes`, tolerance: "exact" as const, applications: over(dtype, shapes(), "wide") },
  {
    variant: `${dtype} empty`,
    tolerance: "exact" as const,
    applications: over(dtype, emptyShapes(), "wide"),
  },
  {
    variant: `${dtype} edge values`,
    tolerance: "exact" as const,
    applications: over(dtype, fc.constant([97]), "edges"),
  },
]);
