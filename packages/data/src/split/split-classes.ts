// Rows by chance, class by class: what `stratified` does with all rows, and a stratified fold with the rest.

import { at, int32At, placesOf, type Shares, type SplitName, splitNames } from "@netwright/definitions";
import type { RandomBelow } from "../random/random-stream.ts";
import { dealGroups, groupSizes } from "./deal-groups.ts";
import { renumbered } from "./renumbered.ts";
import type { RowSplits } from "./split-rows.ts";
import type { SplitSizes } from "./split-sizes.ts";

/** Positions in each split: of each class as many as the shares say; `stream` gives each class its random numbers. */
export function splitClasses(
  groups: Int32Array,
  classes: Int32Array,
  shares: Shares,
  stream: (place: number) => RandomBelow,
): RowSplits {
  const dealt: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
  const owed: Record<SplitName, number> = { train: 0, validation: 0, test: 0 };
  for (const [one, rows] of rowsByClass(classes).entries()) {
    const sizes = sizesOf(rows.length, shares, owed);
    const parts = splitNames.map((name) => ({ size: sizes[name], takes: shares[name] > 0 }));
    const own = renumbered(rows.map((row) => int32At(groups, row)));
    const positions = withTraining(dealGroups(own, parts, stream(one)), own);
    for (const [i, name] of splitNames.entries()) {
      const given = at(positions, i);
      owed[name] += shares[name] * rows.length - given.length;
      for (const position of given) dealt[name].push(int32At(rows, position));
    }
  }
  const ascending = (rows: readonly number[]) => Int32Array.from(rows).sort();
  return {
    train: ascending(dealt.train),
    validation: ascending(dealt.validation),
    test: ascending(dealt.test),
  };
}

/** With the smallest group of a class for training where that got none: equal rows may all have gone elsewhere. */
function withTraining(dealt: readonly Int32Array[], groups: Int32Array): readonly Int32Array[] {
  const [train, ...others] = dealt;
  if (train === undefined || train.length > 0 || groups.length === 0) return dealt;
  const sizes = groupSizes(groups);
  const smallest = sizes.reduce((least, size, group) => (size < int32At(sizes, least) ? group : least), 0);
  const isOne = (position: number): boolean => groups[position] === smallest;
  return [
    Int32Array.from(groups.keys()).filter(isOne),
    ...others.map((part) => part.filter((position) => !isOne(position))),
  ];
}

/** The rows of each class, ascending; equal rows have one class. */
export function rowsByClass(classes: Int32Array): readonly Int32Array[] {
  return [...placesOf(classes)].sort(([a], [b]) => a - b).map(([, rows]) => Int32Array.from(rows));
}

/** Whole numbers that sum to `rows`, near to the shares and what earlier classes owe; at least one row for train. */
function sizesOf(rows: number, shares: Shares, owed: Readonly<Record<SplitName, number>>): SplitSizes {
  const asked = splitNames
    .filter((name) => shares[name] > 0)
    .map((name) => ({ name, ideal: Math.max(0, shares[name] * rows + owed[name]) }));
  const sizes = { train: 0, validation: 0, test: 0 };
  let left = rows;
  const give = (name: SplitName, count: number): void => {
    sizes[name] += count;
    left -= count;
  };
  if (rows > 0) give("train", 1);
  for (const { name, ideal } of asked) {
    give(name, Math.min(left, Math.max(0, Math.floor(ideal + 1e-9) - sizes[name])));
  }
  while (left > 0) {
    const most = asked.reduce((a, b) => (b.ideal - sizes[b.name] > a.ideal - sizes[a.name] ? b : a));
    give(most.name, 1);
  }
  return sizes;
}
