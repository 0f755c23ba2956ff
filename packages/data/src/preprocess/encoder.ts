// What an encoder is: a change of scale for one column, fitted on training values, that can be undone.
// Each lives in a file of its own beside this one; `encoders.ts` gathers them.

import type { ScalingSteps } from "./scaling-step.ts";

/** The parameters that each encoder learns; they are saved with the model as plain JSON. */
export interface EncoderParams {
  readonly zscore: { readonly mean: number; readonly std: number };
  readonly minmax: { readonly min: number; readonly range: number };
  readonly log1p: Readonly<Record<string, never>>;
  readonly none: Readonly<Record<string, never>>;
}

export type EncoderName = keyof EncoderParams;

/** The least and the greatest value; `null` where none is stated, infinite where there is none. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

export interface Encoder<K extends EncoderName> {
  readonly name: K;
  /** One sentence for people. */
  readonly doc: string;
  /** The scaled value z of x. */
  readonly formula: string;
  /** A setting as it stands in a file. */
  readonly example: string;
  /** Where it comes from, or the library that it agrees with. */
  readonly source: string;
  /** Which finite x it takes, in words: "greater than -1"; absent where it takes all. */
  readonly domain?: string;
  /** What scaled values take when the contract gives x these bounds; `null` where that is not known. */
  range(contract: Bounds): Bounds;
  /** Whether a finite x is in the domain. */
  accepts(x: number): boolean;
  /** Parameters from finite values in the domain, at least one, of the training split alone. */
  fit(values: Float64Array): EncoderParams[K];
  /** Checks parameters that were read back; `null` where they are not this encoder's. */
  read(params: Readonly<Record<string, unknown>>): EncoderParams[K] | null;
  apply(params: EncoderParams[K], x: number): number;
  /** The x that `apply` made z of, up to rounding. */
  invert(params: EncoderParams[K], z: number): number;
  /** The same two as data; whoever carries the steps out gets the same bits. */
  steps(params: EncoderParams[K]): ScalingSteps;
}
