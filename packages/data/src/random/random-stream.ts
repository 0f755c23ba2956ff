// Random integers from the counter-based generator that all of Netwright draws from. A stream is known by
// its seed, its purpose and an index, so no draw depends on how many were made for something else.

import { fillPhilox } from "@netwright/ir/numerics";

/** Draws a whole number from 0 to `bound` - 1, each equally likely. `bound` is from 1 to 2^32. */
export type RandomBelow = (bound: number) => number;

/** One word of the counter for each purpose; any different values do, these spell the purpose in ASCII. */
const purposes = {
  split: 0x73706c74,
  shuffle: 0x73687566,
  fold: 0x666f6c64,
  stratified: 0x73747261,
  periodic: 0x70657269,
  target_mean: 0x74676d6e,
  stratified_fold: 0x7374666f,
  grouped: 0x67726f75,
  permute: 0x7065726d,
  sample: 0x73616d70,
} as const;

export type Purpose = keyof typeof purposes;

const WORDS = 4_294_967_296;
/** Words that are made at once. */
const AT_ONCE = 64;

/** `seed` is a whole number of up to 53 bits, `index` tells apart streams of one purpose (the epoch). */
export function randomStream(seed: number, purpose: Purpose, index = 0): RandomBelow {
  const key = [seed >>> 0, Math.floor(seed / WORDS) >>> 0] as const;
  const words = new Uint32Array(AT_ONCE);
  let used = words.length;
  let counter = 0;

  function word(): number {
    if (used === words.length) {
      fillPhilox(key, [counter, index >>> 0, purposes[purpose], 0], words);
      counter += words.length / 4;
      used = 0;
    }
    const drawn = words[used] ?? 0;
    used += 1;
    return drawn;
  }

  return (bound) => {
    if (bound === WORDS) return word();
    // As whole numbers: what is left of a division of others takes an engine many times as long.
    const divisor = bound >>> 0;
    for (;;) {
      const drawn = word();
      const rest = drawn % divisor;
      // Words at or above the last multiple of the bound would favour small results: they are drawn again.
      if (!(drawn - rest + divisor > WORDS)) return rest;
    }
  };
}
