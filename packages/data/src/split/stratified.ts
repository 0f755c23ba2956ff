// Rows by chance, class by class: each split has the classes in the proportion of the table.

import {
  at,
  int32At,
  placesOf,
  type Shares,
  type SplitName,
  sharesConflict,
  splitNames,
  splitParams,
} from "@netwright/definitions";
import { randomStream } from "../random/random-stream.ts";
import { dealGroups, groupSizes } from "./deal-groups.ts";
import { renumbered } from "./renumbered.ts";
import type { SplitSizes } from "./split-sizes.ts";
import { defineSplitter } from "./splitter.ts";

export const stratified = defineSplitter({
  name: "stratified",
  doc:
    "Rows by chance, of each class as many for each split as its share says: a rare class is not left to luck, and has " +
    "a row to train on. Equal rows are in one split. For a target of classes.",
  formula:
    "of each class rows * share, rounded so that what one class gets too much, another gets too little",
  example: "split: stratified(train: 80%, validation: 10%, test: 10%)",
  source: "scikit-learn, `StratifiedGroupKFold`, by shares and with equal rows as groups",
  params: splitParams,
  needsClasses: true,
  shares: ({ train, validation, test }) => ({ train, validation, test }),
  conflict: sharesConflict,
  deal({ groups, classes }, { seed, ...shares }) {
    const dealt: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
    const owed: Record<SplitName, number> = { train: 0, validation: 0, test: 0 };
    for (const [one, rows] of rowsByClass(classes ?? new Int32Array(groups.length)).entries()) {
      const sizes = sizesOf(rows.length, shares, owed);
      const parts = splitNames.map((name) => ({ size: sizes[name], takes: shares[name] > 0 }));
      const own = renumbered(rows.map((row) => int32At(groups, row)));
      const positions = withTraining(dealGroups(own, parts, randomStream(seed, "stratified", one)), own);
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
  },
});

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
function rowsByClass(classes: Int32Array): readonly Int32Array[] {
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
