// Cases of clamp: bounds for each element and for all.

import { type ElementType, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { OpCase } from "../ops/op-case.ts";
import { emptyShapes, operand, shapes } from "../values/arbitraries.ts";
import type { Spread } from "../values/random-tensor.ts";
import { allowedTypes } from "./allowed-types.ts";

const over =
  (
    dtype: ElementType,
    shape: fc.Arbitrary<readonly number[]>,
    spread: Spread,
  ): OpCase<"clamp">["applications"] =>
  () =>
    fc.tuple(shape, fc.boolean(), fc.boolean()).chain(([s, lowForAll, highForAll]) => {
      const bound = (forAll: boolean) => operand(tensor(dtype, forAll ? [] : s), spread);
      return fc
        .tuple(bound(lowForAll), operand(tensor(dtype, s), spread), bound(highForAll))
        .map((operands) => ({ operands, attributes: {} }));
    });

const types = allowedTypes("clamp", {}, (dtype) => [tensor(dtype), tensor(dtype), tensor(dtype)]);

export const clampCases: readonly OpCase<"clamp">[] = types.flatMap((dtype) => [
  { variant: `${dtype} shapes`, tolerance: "exact" as const, applications: over(dtype, shapes(), "wide") },
  {
    variant: `${dtype} empty`,
    tolerance: "exact" as const,
    applications: over(dtype, emptyShapes(), "wide"),
  },
  {
    variant: `${dtype} edge values`,
    tolerance: "exact" as const,
    applications: over(dtype, fc.constant([97]), dtype === "f32" ? "normal edges" : "edges"),
  },
]);
