// Cases of optimization_barrier: several operands of any types, which come out as they went in.

import { tensor } from "@netwright/ir";
import fc from "fast-check";
import type { OpCase } from "../ops/op-case.ts";
import { emptyShapes, operand, shapes } from "../values/arbitraries.ts";
import { elementTypes } from "./allowed-types.ts";

const over =
  (shape: fc.Arbitrary<readonly number[]>): OpCase<"optimization_barrier">["applications"] =>
  () =>
    fc
      .array(
        fc
          .tuple(fc.constantFrom(...elementTypes), shape)
          .chain(([dtype, s]) => operand(tensor(dtype, s), "wide")),
        { minLength: 1, maxLength: 3 },
      )
      .map((operands) => ({ operands, attributes: {} }));

export const optimizationBarrierCases: readonly OpCase<"optimization_barrier">[] = [
  { variant: "shapes", tolerance: "exact", applications: over(shapes()) },
  { variant: "empty", tolerance: "exact", applications: over(emptyShapes()) },
];
