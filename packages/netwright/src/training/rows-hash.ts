// What tells the rows that a run was trained with from others.

import type { Prepared } from "@netwright/data";
import { splitsHash } from "@netwright/runtime";
import { trainingSplits } from "./training-splits.ts";

/** The hash by which a run knows its rows again: that of the rows that training goes through. */
export function rowsHash(prepared: Pick<Prepared, "splits" | "taught">): string {
  return splitsHash(trainingSplits(prepared));
}
