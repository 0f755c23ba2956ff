// Host kernel of rng_bit_generator: Philox words, and the state that continues after them.

import { fillPhilox } from "@netwright/ir/numerics";
import type { HostBody } from "../device/device.ts";

/** Input: u32[6], key and counter. Outputs: the next state, the words. */
export const randomBits: HostBody = ([state], [next, words]) => {
  if (state === undefined || next === undefined || !(words instanceof Uint32Array)) return;
  const [k0 = 0, k1 = 0, c0 = 0, c1 = 0, c2 = 0, c3 = 0] = state;
  next.set([k0, k1, ...fillPhilox([k0, k1], [c0, c1, c2, c3], words)]);
};
