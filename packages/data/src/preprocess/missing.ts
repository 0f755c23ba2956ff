// What becomes of missing values: an error, a value to fill in, or a row left out.

import { float64At } from "@netwright/definitions";
export type MissingPolicy = "error" | "mean" | "median" | "drop";

/** How a fitted column treats missing values; `fill` is in original units, `null` where nothing is filled in. */
export interface MissingRule {
  readonly policy: MissingPolicy;
  readonly fill: number | null;
}

const fills: { readonly [P in MissingPolicy]: ((present: Float64Array) => number) | null } = {
  error: null,
  drop: null,
  mean,
  median,
};

export function isMissingPolicy(text: string): text is MissingPolicy {
  return Object.hasOwn(fills, text);
}

/** Whether the policy puts a value in the place of a missing one. */
export function fillsIn(policy: MissingPolicy): boolean {
  return fills[policy] !== null;
}

/** Learns the value to fill in from the values that are there in the training split: at least one, all finite. */
export function fitMissing(policy: MissingPolicy, present: Float64Array): MissingRule {
  const fill = fills[policy];
  return { policy, fill: fill === null ? null : fill(present) };
}

function mean(present: Float64Array): number {
  let sum = 0;
  for (const x of present) sum += x;
  return sum / present.length + 0;
}

/** The middle value, or halfway between the two middle ones. */
function median(present: Float64Array): number {
  const sorted = present.slice().sort();
  const middle = sorted.length >> 1;
  const upper = float64At(sorted, middle);
  if (sorted.length % 2 === 1) return upper + 0;
  return (float64At(sorted, middle - 1) + upper) / 2 + 0;
}
