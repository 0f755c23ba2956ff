// Changes of a list of pieces, whatever they are: taken out, doubled, moved, turned around, with others put between them.

import type { Random } from "../random.ts";

/** One to `most` changes, each of at most `longest` neighbours; `put` draws what is put in. */
export function damaged<T>(
  pieces: readonly T[],
  random: Random,
  { most, longest, put }: { readonly most: number; readonly longest: number; readonly put: () => T },
): readonly T[] {
  let now = pieces;
  for (let left = 1 + random.below(most); left > 0; left--) {
    const from = random.below(now.length + 1);
    const to = Math.min(now.length, from + 1 + random.below(longest));
    now = change(now, from, to, random, put);
  }
  return now;
}

function change<T>(now: readonly T[], from: number, to: number, random: Random, put: () => T): readonly T[] {
  const [before, between, behind] = [now.slice(0, from), now.slice(from, to), now.slice(to)];
  switch (random.below(6)) {
    case 0:
      return [...before, ...behind];
    case 1:
      return [...before, ...between, ...between, ...behind];
    case 2: {
      const at = random.below(behind.length + 1);
      return [...before, ...behind.slice(0, at), ...between, ...behind.slice(at)];
    }
    case 3:
      return [...before, ...between.reverse(), ...behind];
    case 4:
      return [...before, put(), ...behind];
    default:
      return [...before, put(), ...between, ...behind];
  }
}
