// Deals groups of positions out to parts of given sizes: what splits by shares and folds have in common.

import { int32At } from "@netwright/definitions";
import { upTo } from "../table/up-to.ts";

export interface Part {
  /** Places for positions. */
  readonly size: number;
  /** Whether it takes groups that fit nowhere. */
  readonly takes: boolean;
}

/**
 * Positions 0 to n - 1 in parts, each ascending. `groups[i]` is the group of position i, numbered
 * from 0 without gaps; a group is never divided. Parts get as many positions as they have places, which are n in all, or
 * differ from that by less than the size of the largest group.
 *
 * Groups are dealt from the largest to the smallest, each to a part chosen with the chance of its free
 * places among the parts where it fits; where it fits in none, to the one with most free places. Single
 * rows come last and fill what is left exactly, so that sizes are off only if groups are all there is.
 */
export function dealGroups(
  groups: Int32Array,
  parts: readonly Part[],
  below: (bound: number) => number,
): readonly Int32Array[] {
  // Where one part has all places, chance decides nothing.
  const whole = parts.findIndex(({ size }) => size === groups.length);
  if (whole >= 0) return parts.map((_, part) => upTo(part === whole ? groups.length : 0));
  if (areSingles(groups)) return dealSingles(groups.length, parts, below);
  const sizes = groupSizes(groups);
  const free = Int32Array.from(parts, ({ size }) => size);
  const partOf = new Int32Array(sizes.length);
  const dealt = new Int32Array(parts.length);
  const order = largestFirst(sizes);
  for (let i = 0; i < order.length; i++) {
    const group = int32At(order, i);
    const size = int32At(sizes, group);
    const part = choose(free, size, parts, below);
    free[part] = int32At(free, part) - size;
    dealt[part] = int32At(dealt, part) + size;
    partOf[group] = part;
  }
  const positions = parts.map((_, part) => new Int32Array(int32At(dealt, part)));
  const next = new Int32Array(parts.length);
  for (let position = 0; position < groups.length; position++) {
    const part = int32At(partOf, int32At(groups, position));
    const own = positions[part];
    const place = int32At(next, part);
    if (own !== undefined) own[place] = position;
    next[part] = place + 1;
  }
  return positions;
}

/** Whether each position is a group, in their order, as where no two rows are equal. */
function areSingles(groups: Int32Array): boolean {
  for (let i = 0; i < groups.length; i++) if (groups[i] !== i) return false;
  return true;
}

/** The same of these, each of which has a place. */
function dealSingles(
  count: number,
  parts: readonly Part[],
  below: (bound: number) => number,
): readonly Int32Array[] {
  const free = Int32Array.from(parts, ({ size }) => size);
  const positions = parts.map(({ size }) => new Int32Array(size));
  for (let position = 0; position < count; position++) {
    const part = choose(free, 1, parts, below);
    const left = int32At(free, part);
    const own = positions[part];
    if (own !== undefined) own[own.length - left] = position;
    free[part] = left - 1;
  }
  return positions;
}

/** How many positions each group has; groups are numbered from 0 without gaps. */
export function groupSizes(groups: Int32Array): Int32Array {
  let count = 0;
  for (let i = 0; i < groups.length; i++) count = Math.max(count, int32At(groups, i) + 1);
  const sizes = new Int32Array(count);
  for (let i = 0; i < groups.length; i++) {
    const group = int32At(groups, i);
    sizes[group] = int32At(sizes, group) + 1;
  }
  return sizes;
}

/** The numbers of the groups; groups of one size stay in the order of the file. */
function largestFirst(sizes: Int32Array): Int32Array {
  let largest = 0;
  for (let group = 0; group < sizes.length; group++) largest = Math.max(largest, int32At(sizes, group));
  // Mostly no two rows are equal.
  if (largest <= 1) return upTo(sizes.length);
  // Where the groups of each size begin: behind all that are larger.
  const starts = new Int32Array(largest + 2);
  for (let group = 0; group < sizes.length; group++) {
    const size = int32At(sizes, group);
    starts[size] = int32At(starts, size) + 1;
  }
  for (let size = largest, before = 0; size >= 0; size--) {
    const own = int32At(starts, size);
    starts[size] = before;
    before += own;
  }
  const order = new Int32Array(sizes.length);
  for (let group = 0; group < sizes.length; group++) {
    const size = int32At(sizes, group);
    const place = int32At(starts, size);
    order[place] = group;
    starts[size] = place + 1;
  }
  return order;
}

function choose(
  free: Int32Array,
  size: number,
  parts: readonly Part[],
  below: (bound: number) => number,
): number {
  // A list of those where it fits, for each of a million groups, would take longer than all else here.
  let fitting = 0;
  for (let part = 0; part < free.length; part++) {
    const places = int32At(free, part);
    if (places >= size) fitting += places;
  }
  if (fitting === 0) return mostFree(free, parts);
  let place = below(fitting);
  for (let part = 0; part < free.length; part++) {
    const places = int32At(free, part);
    if (places < size) continue;
    if (place < places) return part;
    place -= places;
  }
  throw new Error("a place beyond the free ones was drawn");
}

function mostFree(free: Int32Array, parts: readonly Part[]): number {
  let best = -1;
  for (const [part, { takes }] of parts.entries()) {
    if (takes && (best < 0 || int32At(free, part) > int32At(free, best))) best = part;
  }
  return Math.max(best, 0);
}
