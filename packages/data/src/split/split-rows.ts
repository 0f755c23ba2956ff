// Deals rows out to training, validation and test by their shares, keeping rows that belong together on one side, so that
// the test rows are ones the training never saw.

import { at, type Shares, type SplitName, splitNames } from "@netwright/definitions";
import type { RandomBelow } from "../random/random-stream.ts";
import { dealGroups } from "./deal-groups.ts";
import { splitSizes } from "./split-sizes.ts";

export type RowSplits = Readonly<Record<SplitName, Int32Array>>;

/** As `dealGroups`, with the sizes of `splitSizes`. */
export function splitRows(groups: Int32Array, shares: Shares, below: RandomBelow): RowSplits {
  const sizes = splitSizes(groups.length, shares);
  const parts = splitNames.map((name) => ({ size: sizes[name], takes: shares[name] > 0 }));
  const dealt = dealGroups(groups, parts, below);
  return { train: at(dealt, 0), validation: at(dealt, 1), test: at(dealt, 2) };
}
