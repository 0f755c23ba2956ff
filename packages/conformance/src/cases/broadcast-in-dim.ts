// Cases of broadcast_in_dim: the shape is the result's; the operand keeps some of its dimensions, and some of
// those with size 1.

import { tensor } from "@netwright/ir";
import fc from "fast-check";
import { dimensionsOf, operand } from "../values/arbitraries.ts";
import { type Movement, movementCases } from "./movement.ts";

const broadcast: Movement<"broadcast_in_dim"> = (dtype, shape, spread) =>
  fc.tuple(dimensionsOf(shape.length), dimensionsOf(shape.length)).chain(([dimensions, stretched]) => {
    const sizes = dimensions.map((d) => (stretched.includes(d) ? 1 : (shape[d] ?? 0)));
    return operand(tensor(dtype, sizes), spread).map((x) => ({
      operands: [x],
      attributes: { shape, dimensions },
    }));
  });

export const broadcastInDimCases = movementCases(broadcast);
