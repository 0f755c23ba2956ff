// Deals rows out to training, validation and test, keeping rows that belong together on one side, so that
// the test rows are ones the training never saw.

import { randomStream } from "../random/random-stream.ts";
import { type Shares, type SplitName, splitNames, splitSizes } from "./split-sizes.ts";

export type RowSplits = Readonly<Record<SplitName, Int32Array>>;

/**
 * Positions 0 to n - 1 in three parts, each ascending. `groups[i]` is the group of position i, numbered
 * from 0 without gaps; a group is never divided. The sizes are those of `splitSizes`, or differ from them
 * by less than the size of the largest group.
 *
 * Groups are dealt from the largest to the smallest, each to a split chosen with the chance of its free
 * places among the splits where it fits; where it fits in none, to the one with most free places. Single
 * rows come last and fill what is left exactly, so that sizes are off only if groups are all there is.
 */
export function splitRows(groups: Int32Array, shares: Shares, seed: number): RowSplits {
  const members: number[][] = [];
  for (const [position, group] of groups.entries()) {
    const rows = members[group];
    if (rows) rows.push(position);
    else members[group] = [position];
  }
  const below = randomStream(seed, "split");
  const free = splitSizes(groups.length, shares);
  const dealt: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
  // The sort is stable: groups of one size stay in the order of the file.
  for (const rows of members.sort((a, b) => b.length - a.length)) {
    const name = choose(free, rows.length, shares, below);
    free[name] -= rows.length;
    for (const row of rows) dealt[name].push(row);
  }
  return {
    train: Int32Array.from(dealt.train).sort(),
    validation: Int32Array.from(dealt.validation).sort(),
    test: Int32Array.from(dealt.test).sort(),
  };
}

function choose(
  free: Readonly<Record<SplitName, number>>,
  size: number,
  shares: Shares,
  below: (bound: number) => number,
): SplitName {
  const fitting = splitNames.filter((name) => free[name] >= size);
  const [first, ...others] = splitNames.filter((name) => shares[name] > 0);
  if (fitting.length === 0) {
    return others.reduce((best, name) => (free[name] > free[best] ? name : best), first ?? "train");
  }
  let place = below(fitting.reduce((sum, name) => sum + free[name], 0));
  for (const name of fitting) {
    if (place < free[name]) return name;
    place -= free[name];
  }
  throw new Error("a place beyond the free ones was drawn");
}
