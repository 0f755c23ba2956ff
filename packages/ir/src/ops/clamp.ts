// clamp(low, x, high): x, but not below low and not above high. The bounds have the type of x or are scalars.

import { at } from "@netwright/definitions";
import type { Value } from "../core/program.ts";
import { formatType, sameType, tensor } from "../core/types.ts";
import {
  constrain,
  costOfElements,
  type DerivedDefinition,
  type NoAttributes,
  operand,
} from "./definition.ts";

export const clamp: DerivedDefinition<NoAttributes> = {
  summary: "minimum(maximum(x, low), high) of low, x and high",
  operands: 3,
  fields: {},
  cost: costOfElements,
  infer: (operands) => {
    const x = operand(operands, 1);
    constrain(x.dtype !== "pred", "clamp_c1", "pred has no order");
    for (const bound of [operand(operands, 0), operand(operands, 2)]) {
      constrain(
        sameType(bound, x) || sameType(bound, tensor(x.dtype)),
        "clamp_c2",
        `a bound is ${formatType(bound)}, expected ${formatType(x)} or a scalar of its type`,
      );
    }
    return [x];
  },
  decompose: (b, operands) => {
    const x = at(operands, 1);
    const full = (bound: Value) => (sameType(bound.type, x.type) ? bound : b.spread(bound, x.type.shape));
    return [b.minimum(b.maximum(x, full(at(operands, 0))), full(at(operands, 2)))];
  },
};
