// How many rows each split gets: the shares, made whole.

import { type Shares, type SplitName, splitNames } from "@netwright/definitions";

export type SplitSizes = Record<SplitName, number>;

/**
 * Whole numbers that sum to `rows`, each less than one away from its share of them: the largest remainders
 * are rounded up (Hamilton's method), ties in the order train, validation, test. A share of 0 gets 0.
 */
export function splitSizes(rows: number, shares: Shares): SplitSizes {
  // 0.7 of 1030 is 720.9999999999999 in binary; a remainder so close to 1 is rounded up before all others.
  const exact = splitNames.map((name) => ({ name, ideal: shares[name] * rows }));
  const sizes = { train: 0, validation: 0, test: 0 };
  for (const { name, ideal } of exact) sizes[name] = Math.floor(ideal);
  const left = rows - sizes.train - sizes.validation - sizes.test;
  const byRemainder = exact.sort((a, b) => b.ideal - Math.floor(b.ideal) - (a.ideal - Math.floor(a.ideal)));
  for (const { name } of byRemainder.slice(0, left)) sizes[name] += 1;
  return sizes;
}

/** Whether every split with a share gets a row. */
export function fillsEverySplit(sizes: SplitSizes, shares: Shares): boolean {
  return splitNames.every((name) => shares[name] === 0 || sizes[name] > 0);
}

/** The smallest number of rows above `rows` with which every split that has a share gets a row. */
export function rowsNeeded(
  rows: number,
  shares: Shares,
  sizes: (rows: number) => SplitSizes = (n) => splitSizes(n, shares),
): number {
  const smallest = Math.min(...splitNames.map((name) => shares[name]).filter((share) => share > 0));
  // From here on every share of the rows is at least one.
  const enough = Math.max(rows + 1, Math.ceil(1 / smallest));
  for (let n = Math.max(rows + 1, enough - 1000); n < enough; n++) {
    if (fillsEverySplit(sizes(n), shares)) return n;
  }
  return enough;
}
