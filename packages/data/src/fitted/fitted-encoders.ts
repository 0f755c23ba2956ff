// Everything learned from the training split that a prediction needs, as plain JSON. It is saved with the
// model, so its shape has a version: `read-encoders.ts` reads it back.

import type { MissingRule } from "../missing/policy.ts";
import type { EncoderParams } from "../preprocess/encoder.ts";
import type { SavedReading } from "../reading/cell-reading.ts";
import type { NumberContract, WordContract } from "./contract.ts";

/** The values of a column in the training rows, missing ones apart, in original units. */
export interface SeenValues {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** The words of a target in the training rows. */
export interface SeenWords {
  /** How often each occurs, in the order in which the encoder numbers them. */
  readonly counts: readonly number[];
}

interface Fitted {
  readonly name: string;
  /** The name of the encoder, with what it has learned. */
  readonly encoder: string;
  readonly params: EncoderParams;
  /** A missing value is filled in before it is encoded. */
  readonly missing: MissingRule;
}

export interface FittedNumbers extends Fitted {
  readonly kind: "number";
  readonly contract: NumberContract;
  /** How its cells say a number; absent where they are numbers. */
  readonly reading?: SavedReading;
  /** Absent in models that were saved before it was kept, and where the values are too large to sum. */
  readonly seen?: SeenValues;
}

export interface FittedWords extends Fitted {
  readonly kind: "words";
  readonly contract: WordContract;
  /** Of a target. Absent in models that were saved before it was kept. */
  readonly seen?: SeenWords;
}

export type FittedColumn = FittedNumbers | FittedWords;

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
/** Version 1 had columns of numbers alone, and no `kind`. */
export const ENCODERS_VERSION = 2;

export function fittedEncoders(
  features: readonly FittedColumn[],
  target: readonly FittedColumn[],
  unused: readonly string[] = [],
): FittedEncoders {
  const others = unused.length === 0 ? {} : { unused };
  return { format: ENCODERS_FORMAT, version: ENCODERS_VERSION, features, target, ...others };
}
