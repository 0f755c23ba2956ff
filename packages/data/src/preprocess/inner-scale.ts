// The scale of a column that becomes several numbers: its encoder learns one for each number that is scaled, and saves it
// among what it has learned, under `scales`.

import {
  type Argument,
  type ByName,
  isObject,
  lookUp,
  sameShape,
  withDefaults,
} from "@netwright/definitions";
import type { Encoder, EncoderParams, Scaling } from "./encoder.ts";

export interface SavedScale {
  readonly encoder: string;
  readonly params: EncoderParams;
}

/** Whether it makes one number of any number, so that it can be the scale of others' numbers. */
export function isPlainScale(encoder: Encoder): boolean {
  if (encoder.takes !== "number" || encoder.domain !== undefined) return false;
  const output = encoder.output(null, withDefaults(encoder.params, {}));
  return output?.kind === "number" && sameShape(output.shape, [1]);
}

/** `scale` is the argument of the encoder that learns it; `pieces` are what is scaled of the training rows. */
export function fitScale(
  scale: Argument,
  pieces: Iterable<Float64Array>,
  encoders: ByName<Encoder>,
): SavedScale {
  if (typeof scale !== "object" || scale === null || !("family" in scale))
    throw new Error("a scale is an encoder");
  const encoder = lookUp(encoders, scale.name);
  if (encoder.takes !== "number") throw new Error(`the encoder ${scale.name} is no scale of numbers`);
  const args = withDefaults(encoder.params, scale.args);
  return { encoder: scale.name, params: encoder.fit(pieces, args, encoders) };
}

/** `null` where it is no scale that the encoders have. */
export function openScale(saved: unknown, encoders: ByName<Encoder>): Scaling | null {
  if (!isObject(saved)) return null;
  const { encoder, params } = saved;
  if (typeof encoder !== "string" || !isObject(params)) return null;
  // A scale has none inside of it: without encoders none is looked for.
  const coding = encoders.get(encoder)?.open(params);
  return coding?.takes === "number" ? coding.scaling : null;
}

/** The encoders that are named inside of what an encoder has learned. */
export function scaleNames({ scales }: EncoderParams): readonly string[] {
  if (!Array.isArray(scales)) return [];
  return scales.flatMap((scale: unknown) =>
    isObject(scale) && typeof scale["encoder"] === "string" ? [scale["encoder"]] : [],
  );
}

/** The same pieces, each number made another, whenever they are asked for. */
export function mapped(
  pieces: Iterable<Float64Array>,
  map: (values: Float64Array) => Float64Array,
): Iterable<Float64Array> {
  return {
    *[Symbol.iterator]() {
      for (const values of pieces) yield map(values);
    },
  };
}
