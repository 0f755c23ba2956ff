// Random numbers in the IR, from words of the counter-based generator.

import { type Builder, sizeOf, tensor, type Value } from "@netwright/ir";

/** Which numbers a key is used for: the second key word, so that no two uses share their numbers. */
export const streams = { init: 0, dropout: 1, draws: 2, passes: 3 } as const;

/** A generator keyed by the file's seed (u32 scalar) and a stream. */
export function randomState(b: Builder, seed: Value, stream: keyof typeof streams): Value {
  const rest = b.literal(tensor("u32", [5]), [streams[stream], 0, 0, 0, 0]);
  return b.concatenate([b.reshape(seed, [1]), rest], 0);
}

/** The operations of a function that draw numbers, with the state threaded through them. */
export class Sampler {
  readonly #b: Builder;
  #state: Value;

  constructor(b: Builder, state: Value) {
    this.#b = b;
    this.#state = state;
  }

  get state(): Value {
    return this.#state;
  }

  /** Uniform in [0, 1): the upper 24 bits of each word, so that every value is exact in f32. */
  uniform(shape: readonly number[]): Value {
    const b = this.#b;
    const { state, bits } = b.randomBits(this.#state, shape);
    this.#state = state;
    const upper = b.convert(b.divide(bits, b.like(bits, 256)), "f32");
    return b.multiply(upper, b.like(upper, 2 ** -24));
  }

  /** Standard normal, by the method of Box and Muller 1958: a radius and an angle, of which the cosine is taken. */
  normal(shape: readonly number[]): Value {
    const b = this.#b;
    const u = this.uniform(shape);
    // 1 - u is never 0, and exact.
    const logarithm = b.log(b.subtract(b.like(u, 1), u));
    const radius = b.sqrt(b.multiply(logarithm, b.like(u, -2)));
    const angle = b.multiply(this.uniform(shape), b.like(u, 2 * Math.PI));
    return b.multiply(radius, b.cosine(angle));
  }

  /** Standard normal, cut off at two standard deviations; its own standard deviation is 0.8796. */
  truncatedNormal(shape: readonly number[]): Value {
    const b = this.#b;
    // erf(sqrt 2) is the mass within two deviations; the middle of each 24 bit cell keeps clear of both ends.
    const u = b.add(this.uniform(shape), b.fill(tensor("f32", shape), 2 ** -25));
    const centred = b.multiply(b.subtract(b.multiply(u, b.like(u, 2)), b.like(u, 1)), b.like(u, MASS));
    return b.multiply(erfInverse(b, centred), b.like(u, Math.SQRT2));
  }
}

const MASS = 0.9544997361036416;

/** Coefficients of the central branch, highest power first. */
const CENTRAL = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
];

/**
 * Inverse error function for |x| <= erf(sqrt 2), with w = -log(1 - x^2) < 5.
 * Source: M. Giles, "Approximating the erfinv function", GPU Computing Gems, 2011; the single precision form.
 */
function erfInverse(b: Builder, x: Value): Value {
  const w = b.subtract(b.negate(b.logPlusOne(b.negate(b.multiply(x, x)))), b.like(x, 2.5));
  const [first = 0, ...rest] = CENTRAL;
  const polynomial = rest.reduce(
    (sum, coefficient) => b.add(b.multiply(sum, w), b.like(x, coefficient)),
    b.like(x, first),
  );
  return b.multiply(polynomial, x);
}

/** Inputs and outputs that one weight connects: the last two dimensions, times the rest as receptive field. */
export function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length < 2) return { fanIn: sizeOf(shape), fanOut: sizeOf(shape) };
  const field = sizeOf(shape.slice(0, -2));
  return { fanIn: field * (shape.at(-2) ?? 1), fanOut: field * (shape.at(-1) ?? 1) };
}
