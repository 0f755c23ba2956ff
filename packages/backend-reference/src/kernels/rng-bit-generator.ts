// rng_bit_generator: Philox-4x32-10 on the state u32[6] (two key words, then the counter, low word first).

import { rngState } from "@netwright/ir";
import { fillPhilox } from "@netwright/ir/numerics";
import { operandAt, tensorOf, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

export const rngBitGenerator: Kernel<"rng_bit_generator"> = (operands, { shape }) => {
  const [k0 = 0, k1 = 0, c0 = 0, c1 = 0, c2 = 0, c3 = 0] = operandAt(operands, 0).data;
  const bits = zeros({ dtype: "u32", shape });
  const words = new Uint32Array(bits.data.length);
  const counter = fillPhilox([k0, k1], [c0, c1, c2, c3], words);
  return [tensorOf(rngState, [k0, k1, ...counter]), { type: bits.type, data: words }];
};
