// What becomes of missing values: an error, a value to fill in, or a row left out. Each policy lives in a file of its own
// beside this one; `table.ts` gathers them.

import { type Documented, definer, type MissingDefinition } from "@netwright/definitions";

export interface MissingPolicy extends Documented, Pick<MissingDefinition, "takes" | "rows"> {
  /** From the values that are there in the training rows, at least one, all finite; null where nothing is filled in. */
  readonly fill: ((present: Float64Array) => number) | null;
}

/** How a fitted column treats missing values; `fill` is in original units, `null` where nothing is filled in. */
export interface MissingRule {
  readonly policy: string;
  readonly fill: number | null;
}

export const defineMissing = definer<MissingPolicy, "fill" | "takes">({
  fill: null,
  takes: ["number", "words"],
});
