// The table of all encoders, and the functions that use one by its name.
// A new encoder is a file beside this one, a line in `EncoderParams` and a line here.

import type { Encoder, EncoderName, EncoderParams } from "./encoder.ts";
import { log1p } from "./log1p.ts";
import { minmax } from "./minmax.ts";
import { none } from "./none.ts";
import type { ScalingSteps } from "./scaling-step.ts";
import { zscore } from "./zscore.ts";

export const encoders: { readonly [K in EncoderName]: Encoder<K> } = { zscore, minmax, log1p, none };

/** An encoder's name with the parameters it learned. */
export type Scaling<K extends EncoderName = EncoderName> = {
  readonly [P in K]: { readonly encoder: P; readonly params: EncoderParams[P] };
}[K];

export function isEncoderName(name: string): name is EncoderName {
  return Object.hasOwn(encoders, name);
}

export function encoderNames(): string[] {
  return Object.keys(encoders);
}

/** Learns the scaling from finite training values that the encoder accepts. */
export function fitScaling(encoder: EncoderName, values: Float64Array): Scaling {
  return scaling(encoder, encoders[encoder].fit(values));
}

/** The scaling that was saved, or `null` where name or parameters are not an encoder's. */
export function readScaling(encoder: string, params: Readonly<Record<string, unknown>>): Scaling | null {
  if (!isEncoderName(encoder)) return null;
  const known = encoders[encoder].read(params);
  if (known === null || Object.values(known).some((value) => !Number.isFinite(value))) return null;
  return scaling(encoder, known);
}

/** From x to z; asked for once for a whole column. */
export function scalingOf<K extends EncoderName>({ encoder, params }: Scaling<K>): (x: number) => number {
  const { apply }: Encoder<K> = encoders[encoder];
  return (x) => apply(params, x);
}

/** From z to x. */
export function inverseOf<K extends EncoderName>({ encoder, params }: Scaling<K>): (z: number) => number {
  const { invert }: Encoder<K> = encoders[encoder];
  return (z) => invert(params, z);
}

/** What both compute, as data. */
export function scalingSteps<K extends EncoderName>({ encoder, params }: Scaling<K>): ScalingSteps {
  const { steps }: Encoder<K> = encoders[encoder];
  return steps(params);
}

/** Both callers take the parameters from the encoder of that very name, which the compiler cannot follow. */
function scaling(encoder: EncoderName, params: EncoderParams[EncoderName]): Scaling {
  return { encoder, params } as Scaling;
}
