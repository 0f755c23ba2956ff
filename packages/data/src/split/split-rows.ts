// Deals rows out to training, validation and test by their shares, keeping rows that belong together on one side, so that
// the test rows are ones the training never saw.

import { at, type Shares, type SplitName, splitNames } from "@netwright/definitions";
import type { RandomBelow } from "../random/random-stream.ts";
import { dealGroups } from "./deal-groups.ts";
import { splitSizes } from "./split-sizes.ts";
import { withEveryPart } from "./with-every-part.ts";

export type RowSplits = Readonly<Record<SplitName, Int32Array>>;

/** As `dealGroups`, with the sizes of `splitSizes`. */
export function splitRows(groups: Int32Array, shares: Shares, below: RandomBelow): RowSplits {
  return named(dealGroups(groups, partsOf(groups.length, shares), below));
}

/** As `splitRows`, and no split with a share is empty where there are as many groups as such splits. */
export function splitGroups(groups: Int32Array, shares: Shares, below: RandomBelow): RowSplits {
  const parts = partsOf(groups.length, shares);
  return named(withEveryPart(dealGroups(groups, parts, below), groups, parts));
}

function partsOf(rows: number, shares: Shares) {
  const sizes = splitSizes(rows, shares);
  return splitNames.map((name) => ({ size: sizes[name], takes: shares[name] > 0 }));
}

function named(dealt: readonly Int32Array[]): RowSplits {
  return { train: at(dealt, 0), validation: at(dealt, 1), test: at(dealt, 2) };
}
