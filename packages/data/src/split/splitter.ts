// How rows are dealt out to training, validation and test. Each splitter lives in a file of its own beside this one;
// `table.ts` gathers them.

import {
  type Args,
  type Documented,
  definer,
  type Shares,
  type SplitterDefinition,
} from "@netwright/definitions";
import type { DataProblem } from "../problem/problem.ts";
import type { CellReading } from "../reading/cell-reading.ts";
import type { Table } from "../table/table.ts";
import type { RowSplits } from "./split-rows.ts";
import { type SplitSizes, splitSizes } from "./split-sizes.ts";

/** What a splitter is given of the rows of a table, in their order. */
export interface RowsToDeal {
  /** The group of each row, numbered from 0 without gaps: equal rows are one group. Its length is the number of rows. */
  readonly groups: Int32Array;
  /** The class of each row, where one target of words is predicted. */
  readonly classes: Int32Array | null;
  /** All of the table, with rows that are left out. */
  readonly table: Table;
  /** The place in the table of each row that is dealt out, ascending. */
  readonly kept: Int32Array;
  /** How the cells of a column are read that `columns` describes as what has a reading, such as dates; null for any other. */
  readonly readingOf?: (column: string) => CellReading | null;
}

/** Positions in each split, ascending, none of them twice; or why they cannot be dealt out. */
export type Dealt = RowSplits | DataProblem;

export interface Splitter extends Documented, Pick<SplitterDefinition, "shares" | "conflict" | "scatters"> {
  /** Whether it is for targets of classes alone. */
  readonly needsClasses: boolean;
  /** About what each split gets of so many rows, where none are equal: a split with a share is to get one at least. */
  readonly sizes: (rows: number, shares: Shares, args: Args) => SplitSizes;
  /** The same arguments give the same splits. */
  readonly deal: (rows: RowsToDeal, args: Args) => Dealt;
  /**
   * Whether a study may deal rows out to folds in place of it: to those of `grouped_fold`, where it goes by columns, of
   * `stratified_fold`, where it needs classes, of `fold` else.
   */
  readonly hasFolds: boolean;
}

export function isProblem(dealt: Dealt): dealt is DataProblem {
  return "code" in dealt;
}

export const defineSplitter = definer<
  Splitter,
  "sizes" | "conflict" | "needsClasses" | "hasFolds" | "scatters"
>({
  needsClasses: false,
  sizes: splitSizes,
  conflict: () => null,
  hasFolds: true,
  scatters: false,
});
