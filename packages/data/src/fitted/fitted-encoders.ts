// Everything learned from the training split that a prediction needs, as plain JSON. It is saved with the
// model, so its shape has a version: `read-encoders.ts` reads it back.

import type { Scaling } from "../preprocess/encoders.ts";
import type { MissingRule } from "../preprocess/missing.ts";

/** What a column promises; checked when training and when predicting. `null` promises nothing. */
export interface Contract {
  readonly unit: string | null;
  /** Least value allowed. */
  readonly min: number | null;
  /** Greatest value allowed. */
  readonly max: number | null;
}

/** The values of a column in the training rows, missing ones apart, in original units. */
export interface SeenValues {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** `{ name, encoder, params, missing: { policy, fill }, contract }`. A missing value is filled in before it is scaled. */
export type FittedColumn = { readonly name: string } & Scaling & {
    readonly missing: MissingRule;
    readonly contract: Contract;
    /** Absent in models that were saved before it was kept, and where the values are too large to sum. */
    readonly seen?: SeenValues;
  };

export interface FittedEncoders {
  readonly format: typeof ENCODERS_FORMAT;
  readonly version: typeof ENCODERS_VERSION;
  /** In the order of the network's inputs. */
  readonly features: readonly FittedColumn[];
  /** In the order of the network's outputs. */
  readonly target: readonly FittedColumn[];
  /** Columns of the training table that are neither: no surprise in new data. Absent where there are none. */
  readonly unused?: readonly string[];
}

export const ENCODERS_FORMAT = "netwright-encoders";
export const ENCODERS_VERSION = 1;

export function fittedEncoders(
  features: readonly FittedColumn[],
  target: readonly FittedColumn[],
  unused: readonly string[] = [],
): FittedEncoders {
  const others = unused.length === 0 ? {} : { unused };
  return { format: ENCODERS_FORMAT, version: ENCODERS_VERSION, features, target, ...others };
}
