// What a `.net` file says about its data, as `prepare` takes it.

import type { Contract } from "../fitted/fitted-encoders.ts";
import type { MissingPolicy } from "../preprocess/missing.ts";
import type { Shares } from "../split/split-sizes.ts";

export interface DataPlan {
  /** Columns to predict, in the order of the network's outputs. */
  readonly target: readonly string[];
  /** Columns to predict from, in the order of the network's inputs; "all" is every column but the target. */
  readonly features: "all" | readonly string[];
  readonly columns: Readonly<Record<string, ColumnPlan>>;
  /** Name of the encoder of all columns that have none of their own. */
  readonly scale: string;
  /** For features; a target with a missing value is an error, or left out with "drop". */
  readonly missing: MissingPolicy;
  readonly split: SplitPlan;
}

/** `null` in `scale` and `missing` takes the section's. */
export interface ColumnPlan extends Contract {
  readonly scale: string | null;
  readonly missing: MissingPolicy | null;
}

/** Shares sum to 1; `seed` is a whole number. */
export interface SplitPlan extends Shares {
  readonly seed: number;
}
