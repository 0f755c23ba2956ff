// Fixed sets of f32 to try a function on, and a checksum over results.

import { fillPhilox } from "@netwright/ir/numerics";

// Taken once: each look-up of a global is slow inside Jest.
const { imul } = Math;

const MANTISSAS_PER_EXPONENT = 512;

/**
 * 262144 values: both signs, all 256 exponents (so zeros, subnormals, infinities and NaN too), 512
 * mantissas each: the least, the greatest and 510 between. Ordered by their bits: positive values
 * ascending, then negative ones descending.
 */
export function allExponents(): Float32Array {
  const bits = new Uint32Array(2 * 256 * MANTISSAS_PER_EXPONENT);
  const step = 2 ** 23 / MANTISSAS_PER_EXPONENT;
  const offsets = new Uint32Array(bits.length);
  fillPhilox([23, 0], [0, 0, 0, 0], offsets);
  for (let index = 0; index < bits.length; index++) {
    const slot = index % MANTISSAS_PER_EXPONENT;
    const isLast = slot === MANTISSAS_PER_EXPONENT - 1;
    const offset = slot === 0 ? 0 : isLast ? step - 1 : (offsets[index] ?? 0) % step;
    bits[index] = index * step + offset;
  }
  return new Float32Array(bits.buffer);
}

/** `count` values, evenly spread and jittered, ascending. */
export function between(low: number, high: number, count: number): Float32Array {
  const jitter = new Uint32Array(count);
  fillPhilox([24, 0], [0, 0, 0, 0], jitter);
  return Float32Array.from(jitter, (word, index) => low + ((high - low) * (index + word / 2 ** 32)) / count);
}

/** FNV-1a, 32 bits, over the little-endian bytes of f32 values; every NaN counts as 0x7fc00000. */
export function checksum(values: Float32Array): string {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let hash = 0x811c9dc5;
  for (let index = 0; index < values.length; index++) {
    const word = bits[index] ?? 0;
    const same = (word & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : word;
    for (let shift = 0; shift < 32; shift += 8) {
      hash = imul(hash ^ ((same >>> shift) & 0xff), 0x01000193);
    }
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
