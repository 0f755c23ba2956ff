// Random numbers of a case: the generator behind all of Netwright's, keyed by the seed and the number of the case.

import { philox4x32 } from "@netwright/ir/numerics";

export interface Random {
  /** A whole number from 0 to `bound` - 1. */
  readonly below: (bound: number) => number;
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
  readonly chance: (probability: number) => boolean;
}

const WORDS = 2 ** 32;

export function randomOf(seed: number, number: number): Random {
  let drawn = 0;
  const word = () => {
    const [first] = philox4x32([seed >>> 0, 0], [drawn++, number >>> 0, Math.floor(number / WORDS), 0]);
    return first;
  };
  // The small preference for low numbers decides nothing here.
  const below = (bound: number) => Math.floor((word() / WORDS) * bound);
  return {
    below,
    pick: (from) => from[below(from.length)] ?? from[0],
    chance: (probability) => word() / WORDS < probability,
  };
}
