// The rows that training goes through: those with a target, and those of which a teacher alone has an answer.

import type { Prepared } from "@netwright/data";
import { splitsHash } from "@netwright/runtime";

export function trainingSplits({ splits, taught }: Pick<Prepared, "splits" | "taught">): Prepared["splits"] {
  return taught === undefined ? splits : { ...splits, train: taught };
}

/** The hash by which a run knows its rows again: that of the rows that training goes through. */
export function rowsHash(prepared: Pick<Prepared, "splits" | "taught">): string {
  return splitsHash(trainingSplits(prepared));
}
