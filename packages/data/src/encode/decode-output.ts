// What a network put out, in the units of the target.

import type { OpenEncoders } from "../fitted/open-encoders.ts";

/** `y` is [rows x targets], row-major, as the network gives it; so is the result. */
export function decodeOutput(encoders: OpenEncoders, y: Float32Array): Float64Array {
  const width = encoders.target.length;
  if (y.length % width !== 0) throw new RangeError(`${y.length} outputs for ${width} targets`);
  const decoded = new Float64Array(y.length);
  for (const [j, column] of encoders.target.entries()) {
    const scaling = column.kind === "number" ? column.coding.scaling : null;
    if (scaling === null) throw new Error(`column ${column.fitted.name} is no target of numbers`);
    const { invert } = scaling;
    for (let i = j; i < y.length; i += width) decoded[i] = invert(y[i] ?? Number.NaN);
  }
  return decoded;
}

/** The classes that are predicted, in the order of the network's outputs; `null` where numbers are. */
export function classesOf({ target }: Pick<OpenEncoders, "target">): readonly string[] | null {
  const [only, ...others] = target;
  return only?.kind === "words" && others.length === 0 ? only.coding.words : null;
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
