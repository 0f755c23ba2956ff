// Deals rows out to training, validation and test, keeping rows that belong together on one side, so that
// the test rows are ones the training never saw.

import { int32At } from "@netwright/definitions";
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
  const sizes = groupSizes(groups);
  const below = randomStream(seed, "split");
  const free = splitSizes(groups.length, shares);
  const splitOf = new Uint8Array(sizes.length);
  const dealt: Record<SplitName, number> = { train: 0, validation: 0, test: 0 };
  for (const group of largestFirst(sizes)) {
    const size = int32At(sizes, group);
    const name = choose(free, size, shares, below);
    free[name] -= size;
    dealt[name] += size;
    splitOf[group] = splitNames.indexOf(name);
  }
  const rowsOf = (name: SplitName) => {
    const rows = new Int32Array(dealt[name]);
    const own = splitNames.indexOf(name);
    let next = 0;
    for (let position = 0; position < groups.length; position++) {
      if (splitOf[int32At(groups, position)] === own) rows[next++] = position;
    }
    return rows;
  };
  return { train: rowsOf("train"), validation: rowsOf("validation"), test: rowsOf("test") };
}

function groupSizes(groups: Int32Array): Int32Array {
  let count = 0;
  for (const group of groups) count = Math.max(count, group + 1);
  const sizes = new Int32Array(count);
  for (const group of groups) sizes[group] = int32At(sizes, group) + 1;
  return sizes;
}

/** The numbers of the groups; groups of one size stay in the order of the file. */
function largestFirst(sizes: Int32Array): Int32Array {
  let largest = 0;
  for (const size of sizes) largest = Math.max(largest, size);
  // Where the groups of each size begin: behind all that are larger.
  const starts = new Int32Array(largest + 2);
  for (const size of sizes) starts[size] = int32At(starts, size) + 1;
  for (let size = largest, before = 0; size >= 0; size--) {
    const own = int32At(starts, size);
    starts[size] = before;
    before += own;
  }
  const order = new Int32Array(sizes.length);
  for (const [group, size] of sizes.entries()) {
    const place = int32At(starts, size);
    order[place] = group;
    starts[size] = place + 1;
  }
  return order;
}

function choose(
  free: Readonly<Record<SplitName, number>>,
  size: number,
  shares: Shares,
  below: (bound: number) => number,
): SplitName {
  // A list of those where it fits, for each of a million groups, would take longer than all else here.
  let fitting = 0;
  for (const name of splitNames) if (free[name] >= size) fitting += free[name];
  if (fitting === 0) {
    const [first, ...others] = splitNames.filter((name) => shares[name] > 0);
    return others.reduce((best, name) => (free[name] > free[best] ? name : best), first ?? "train");
  }
  let place = below(fitting);
  for (const name of splitNames) {
    if (free[name] < size) continue;
    if (place < free[name]) return name;
    place -= free[name];
  }
  throw new Error("a place beyond the free ones was drawn");
}
