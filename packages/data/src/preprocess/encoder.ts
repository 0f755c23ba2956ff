// What an encoder is: a change of scale for one column, fitted on training values, that can be undone.
// Each lives in a file of its own beside this one; `encoders.ts` gathers them.

import type { Documented, EncoderDefinition } from "@netwright/definitions";
import type { ScalingSteps } from "./scaling-step.ts";

/** The parameters that each encoder learns; they are saved with the model as plain JSON. */
export interface EncoderParams {
  readonly zscore: { readonly mean: number; readonly std: number };
  readonly minmax: { readonly min: number; readonly range: number };
  readonly log1p: Readonly<Record<string, never>>;
  readonly none: Readonly<Record<string, never>>;
}

export type EncoderName = keyof EncoderParams;

/** Its formula gives the scaled value z of x. */
export interface Encoder<K extends EncoderName> extends Documented, Pick<EncoderDefinition, "range"> {
  readonly name: K;
  /** Which finite x it takes, in words: "greater than -1"; absent where it takes all. */
  readonly domain?: string;
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
