// Philox-4x32-10, the counter-based random generator behind all randomness in Netwright: initial
// weights, shuffling, splits, dropout, and the IR op `rng_bit_generator`.
// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. A block of
// four u32 outputs is a pure function of key and counter, so any part of a stream can be computed alone,
// in any order, on any number of threads, with the same bits.

/** Two u32 words. */
export type PhiloxKey = readonly [number, number];

/** Four u32 words: one 128-bit unsigned integer, least significant word first. */
export type PhiloxCounter = readonly [number, number, number, number];

// Taken once, as in `number-lanes.ts`.
const { imul } = Math;

const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
/** Added to the key words after each round: the golden ratio and sqrt(3) - 1 as 32-bit fractions. */
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** For who emits the generator instead of calling it. */
export const PHILOX = {
  rounds: ROUNDS,
  multipliers: [MULTIPLIER_0, MULTIPLIER_1],
  weyl: [WEYL_0, WEYL_1],
} as const;

/** The upper 32 bits of the 64-bit product of two u32, all three as int32 of the same bits. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // Each sum is at most (2^16-1)^2 + 2^16-1 < 2^32, so 32-bit arithmetic holds it exactly.
  const middle = (imul(aHigh, bLow) + (imul(aLow, bLow) >>> 16)) | 0;
  const carry = (imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** Writes the four outputs of one block to out[offset .. offset + 3]. */
function writeBlock(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  out: Uint32Array,
  offset: number,
): void {
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  let x0 = counter0 | 0;
  let x1 = counter1 | 0;
  let x2 = counter2 | 0;
  let x3 = counter3 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, x0);
    const low0 = imul(MULTIPLIER_0, x0);
    const high1 = multiplyHigh(MULTIPLIER_1, x2);
    const low1 = imul(MULTIPLIER_1, x2);
    x0 = high1 ^ x1 ^ k0;
    x1 = low1;
    x2 = high0 ^ x3 ^ k1;
    x3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[offset] = x0;
  out[offset + 1] = x1;
  out[offset + 2] = x2;
  out[offset + 3] = x3;
}

/** One block: four u32 outputs for one key and one counter (all words u32). */
export function philox4x32(key: PhiloxKey, counter: PhiloxCounter): [number, number, number, number] {
  const block = new Uint32Array(4);
  writeBlock(key[0], key[1], counter[0], counter[1], counter[2], counter[3], block, 0);
  const [x0 = 0, x1 = 0, x2 = 0, x3 = 0] = block;
  return [x0, x1, x2, x3];
}

/**
 * Fills `out` with the blocks of consecutive counters, the first being `counter`, four outputs a block.
 * Returns the first counter not used, to go on from. Where out.length is no multiple of four, the rest of
 * the last block is dropped: so two fills of 6 differ from one fill of 12.
 * The counter wraps at 2^128.
 */
export function fillPhilox(
  key: PhiloxKey,
  counter: PhiloxCounter,
  out: Uint32Array,
): [number, number, number, number] {
  const [key0, key1] = key;
  let [c0, c1, c2, c3] = counter;
  const whole = out.length - (out.length % 4);
  for (let offset = 0; offset < out.length; offset += 4) {
    if (offset < whole) {
      writeBlock(key0, key1, c0, c1, c2, c3, out, offset);
    } else {
      const last = new Uint32Array(4);
      writeBlock(key0, key1, c0, c1, c2, c3, last, 0);
      out.set(last.subarray(0, out.length - whole), whole);
    }
    c0 = (c0 + 1) >>> 0;
    if (c0 === 0) {
      c1 = (c1 + 1) >>> 0;
      if (c1 === 0) {
        c2 = (c2 + 1) >>> 0;
        if (c2 === 0) c3 = (c3 + 1) >>> 0;
      }
    }
  }
  return [c0, c1, c2, c3];
}
