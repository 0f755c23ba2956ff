// What a network put out, in the units of the target.

import type { FittedEncoders } from "../fitted/fitted-encoders.ts";
import { codingOf, scalingOf } from "../preprocess/encoders.ts";

/** `y` is [rows x targets], row-major, as the network gives it; so is the result. */
export function decodeOutput(fitted: FittedEncoders, y: Float32Array): Float64Array {
  const width = fitted.target.length;
  if (y.length % width !== 0) throw new RangeError(`${y.length} outputs for ${width} targets`);
  const decoded = new Float64Array(y.length);
  for (const [j, column] of fitted.target.entries()) {
    if (column.kind !== "number") throw new Error(`column ${column.name} is no target of numbers`);
    const { invert } = scalingOf(column);
    for (let i = j; i < y.length; i += width) decoded[i] = invert(y[i] ?? Number.NaN);
  }
  return decoded;
}

/** The classes that are predicted, in the order of the network's outputs; `null` where numbers are. */
export function classesOf({ target }: FittedEncoders): readonly string[] | null {
  const [only, ...others] = target;
  return only?.kind === "words" && others.length === 0 ? codingOf(only).words : null;
}

/** The number of the most likely class of each row, of several the first; `shares` is [rows x classes], row-major. */
export function decodeClasses(classes: number, shares: Float32Array): Float64Array {
  const decoded = new Float64Array(shares.length / classes);
  for (const row of decoded.keys()) {
    const own = shares.subarray(row * classes, (row + 1) * classes);
    let best = 0;
    for (const [code, share] of own.entries()) if (share > (own[best] ?? Number.NaN)) best = code;
    decoded[row] = best;
  }
  return decoded;
}
