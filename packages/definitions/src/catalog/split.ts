// Into what rows are divided, and the settings that most splitters have: the language reads them in braces,
// `split: { train: 70% }`, and a splitter has them among its parameters.

import { percent } from "../wording/wording.ts";
import { integer, real } from "./param.ts";

/** The part of all rows that each split gets. */
export interface Shares {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export type SplitName = keyof Shares;

export const splitNames = ["train", "validation", "test"] as const satisfies readonly SplitName[];

export function isSplitName(name: string): name is SplitName {
  return splitNames.some((known) => known === name);
}

/** Seeds are 32-bit, so that they mean the same to every generator. */
export const LARGEST_SEED = 2 ** 32 - 1;

const share = (fallback: number, doc: string) => real({ min: 0, max: 1, default: fallback, doc });

export const splitParams = {
  train: share(0.7, "Share of the rows that weights and encoders are fitted on."),
  validation: share(0.15, "Share of the rows that training is watched on."),
  test: share(0.15, "Share of the rows that is kept for the final evaluation."),
  seed: integer({ min: 0, max: LARGEST_SEED, default: 0, doc: "Start of the random choice of rows." }),
};

/** Shares may miss 100% by rounding of decimal fractions only. */
const SHARE_ERROR = 1e-9;

/** What is wrong with shares that are right one by one. */
export function sharesConflict(shares: Shares): { readonly problem: string; readonly note: string } | null {
  const sum = splitNames.reduce((total, name) => total + shares[name], 0);
  if (Math.abs(sum - 1) <= SHARE_ERROR) return null;
  const all = splitNames.map((name) => `${name} ${percent(shares[name])}`).join(", ");
  return {
    problem: `the shares of the split sum to ${percent(sum)}, not to 100%`,
    note: `They are ${all}; a share that is not given has its default.`,
  };
}
