// Cases of compare: all directions, on all element types.

import { type Direction, tensor } from "@netwright/ir";
import type { OpCase } from "../ops/op-case.ts";
import { allowedTypes } from "./allowed-types.ts";
import { twoOperands } from "./two-operands.ts";

const directions: readonly Direction[] = ["EQ", "NE", "GE", "GT", "LE", "LT"];

export const compareCases: readonly OpCase<"compare">[] = allowedTypes(
  "compare",
  { direction: "EQ" },
  (dtype) => [tensor(dtype), tensor(dtype)],
).flatMap((dtype) =>
  twoOperands<"compare">(
    dtype,
    "exact",
    directions.map((direction) => ({ direction })),
  ),
);
