// How rows are dealt out to training, validation and test. Each splitter lives in a file of its own beside this one;
// `table.ts` gathers them.

import { type Args, type Documented, definer } from "@netwright/definitions";
import type { RowSplits } from "./split-rows.ts";
import type { Shares, SplitSizes } from "./split-sizes.ts";

export interface Splitter extends Documented {
  /** The part of all rows that each split gets, where the file asks for `asked`. */
  readonly shares: (asked: Shares, args: Args) => Shares;
  /** The least that each split gets of so many rows, where none are equal. */
  readonly sizes: (rows: number, asked: Shares, args: Args) => SplitSizes;
  /**
   * Positions in each split, ascending. `groups[i]` is the group of position i, numbered from 0 without gaps; a group is
   * never divided. The same seed gives the same splits.
   */
  readonly deal: (groups: Int32Array, asked: Shares, seed: number, args: Args) => RowSplits;
}

export const defineSplitter = definer<Splitter>({});
