// The rows that training goes through: those with a target, and those of which a teacher alone has an answer.

import type { Prepared } from "@netwright/data";

export function trainingSplits({ splits, taught }: Pick<Prepared, "splits" | "taught">): Prepared["splits"] {
  return taught === undefined ? splits : { ...splits, train: taught };
}
