// rng_bit_generator, always on the host: tfjs has no u32.

import { randomBits } from "../host/random-bits.ts";
import { operandOf, type Rule } from "./rule.ts";

export const rngBitGenerator: Rule<"rng_bit_generator"> = (op, planner) =>
  planner.hostMany(
    op.name,
    [planner.full(operandOf(op, 0))],
    op.results.map((value) => value.type),
    randomBits,
  );
