// The table of all policies for missing values, and what is asked of one by its name. A new policy is a file beside this
// one and a line here.

import { type ByName, byName, lookUp } from "@netwright/definitions";
import { drop } from "./drop.ts";
import { error } from "./error.ts";
import { mean } from "./mean.ts";
import { median } from "./median.ts";
import type { MissingPolicy, MissingRule } from "./policy.ts";

export const missingPolicies: ByName<MissingPolicy> = byName([error, mean, median, drop]);

/** Whether the policy puts a value in the place of a missing one. */
export function fillsIn(policy: string): boolean {
  return lookUp(missingPolicies, policy).fill !== null;
}

export function leavesRowsOut(policy: string): boolean {
  return lookUp(missingPolicies, policy).rows === "left out";
}

/** Learns the value to fill in from the values that are there in the training split: at least one, all finite. */
export function fitMissing(policy: string, present: Float64Array): MissingRule {
  const { fill } = lookUp(missingPolicies, policy);
  return { policy, fill: fill === null ? null : fill(present) };
}
