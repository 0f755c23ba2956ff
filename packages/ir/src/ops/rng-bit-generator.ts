// rng_bit_generator: Philox-4x32-10 (Salmon et al. 2011). The state is u32[6]: two key words, then a
// 128-bit counter, low word first. Output words are those of consecutive counters; the returned state
// continues after them. StableHLO packs the same state as ui64[3].

import { sameType, tensor } from "../core/types.ts";
import { constrain, type OpDefinition, operand } from "./definition.ts";

export interface RngBitGeneratorAttributes {
  readonly shape: readonly number[];
}

export const rngState = tensor("u32", [6]);

export const rngBitGenerator: OpDefinition<RngBitGeneratorAttributes> = {
  summary: "state -> next state, uniformly random u32 words",
  operands: 1,
  fields: { shape: "integers" },
  infer: (operands, { shape }) => {
    constrain(sameType(operand(operands, 0), rngState), "rng_bit_generator_c1", "the state must be u32[6]");
    return [rngState, tensor("u32", shape)];
  },
};
