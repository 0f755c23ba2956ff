// What a network put out, in the units of the target.

import type { FittedEncoders } from "../fitted/fitted-encoders.ts";
import { inverseOf } from "../preprocess/encoders.ts";

/** `y` is [rows x targets], row-major, as the network gives it; so is the result. */
export function decodeOutput(fitted: FittedEncoders, y: Float32Array): Float64Array {
  const width = fitted.target.length;
  if (y.length % width !== 0) throw new RangeError(`${y.length} outputs for ${width} targets`);
  const decoded = new Float64Array(y.length);
  for (const [j, column] of fitted.target.entries()) {
    const inverse = inverseOf(column);
    for (let i = j; i < y.length; i += width) decoded[i] = inverse(y[i] ?? Number.NaN);
  }
  return decoded;
}
