// What a disk, a copy or a hand makes of the bytes of a file.

import type { Random } from "../random.ts";

export type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

export const damageNames = ["bits", "byte", "cut", "longer", "block", "zeros"] as const;

/** By what they are called in counts. */
export const damages: { readonly [K in (typeof damageNames)[number]]: Damage } = {
  bits(bytes, random) {
    const damaged = Uint8Array.from(bytes);
    for (let i = 1 + random.below(3); i > 0; i--) {
      const at = random.below(damaged.length);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
    }
    return damaged;
  },
  byte(bytes, random) {
    const damaged = Uint8Array.from(bytes);
    damaged[random.below(damaged.length)] = random.below(256);
    return damaged;
  },
  cut: (bytes, random) => bytes.slice(0, random.below(bytes.length)),
  longer(bytes, random) {
    const more = Uint8Array.from({ length: 1 + random.below(9) }, () => random.pick([0, 10, 32, 255, 125]));
    return Uint8Array.of(...bytes, ...more);
  },
  /** A part of the file in another place, as after a write that went astray. */
  block(bytes, random) {
    const damaged = Uint8Array.from(bytes);
    const from = random.below(bytes.length);
    const part = bytes.subarray(from, from + 1 + random.below(512));
    damaged.set(part.subarray(0, damaged.length), random.below(damaged.length - part.length + 1));
    return damaged;
  },
  zeros(bytes, random) {
    const damaged = Uint8Array.from(bytes);
    const from = random.below(bytes.length);
    return damaged.fill(0, from, from + 1 + random.below(512));
  },
};
