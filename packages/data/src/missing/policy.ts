// What becomes of missing values: an error, a value to fill in, or a row left out. Each policy lives in a file of its own
// beside this one; `table.ts` gathers them.

import { type Args, type Documented, definer, type MissingDefinition } from "@netwright/definitions";

export interface MissingPolicy extends Documented, Pick<MissingDefinition, "takes" | "rows" | "asWord"> {
  /** From the values that are there in the training rows, at least one, all finite; null where nothing is filled in. */
  readonly fill: ((present: Float64Array, args: Args) => number) | null;
}

/** How a fitted column treats missing values; `fill` is in original units, `null` where nothing is filled in. */
export interface MissingRule {
  readonly policy: string;
  readonly fill: number | null;
}

export const defineMissing = definer<MissingPolicy, "fill" | "takes" | "asWord">({
  fill: null,
  asWord: false,
  takes: ["number", "words"],
});

/** Whether the policy puts a number in the place of a missing one. */
export function fillsIn({ fill }: MissingPolicy): boolean {
  return fill !== null;
}

/** Whether it makes a value of a missing one, which a target cannot have. */
export function makesUp(policy: MissingPolicy): boolean {
  return fillsIn(policy) || policy.asWord;
}

export function leavesRowsOut({ rows }: MissingPolicy): boolean {
  return rows === "left out";
}

/** Learns the value to fill in from the values that are there in the training split: at least one, all finite. */
export function fitMissing({ name, fill }: MissingPolicy, args: Args, present: Float64Array): MissingRule {
  return { policy: name, fill: fill === null ? null : fill(present, args) };
}
