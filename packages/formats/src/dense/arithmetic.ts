// What a host that computes by formulas has: one spelling of arithmetic for each of them, so that activations and scalings are
// written once.

export type Comparison = ">" | "<" | "<=" | ">=" | "=";

/** T is what a host computes with, mostly the text of a formula. */
export interface Arithmetic<T> {
  readonly number: (value: number) => T;
  readonly add: (a: T, b: T) => T;
  readonly subtract: (a: T, b: T) => T;
  readonly multiply: (a: T, b: T) => T;
  readonly divide: (a: T, b: T) => T;
  /** `otherwise` also where one of both is missing or no number. */
  readonly when: (a: T, comparison: Comparison, b: T, then: T, otherwise: T) => T;
  /** Never asked for more than 700 from 0. */
  readonly exponential: (x: T) => T;
  readonly logarithm: (x: T) => T;
  readonly tanh: (x: T) => T;
  readonly root: (x: T) => T;
  /** The error function, to f64; null where the host has none. */
  readonly erf: ((x: T) => T) | null;
}

/** Hosts raise errors, or have no number, for exponents much beyond this one. */
const EXPONENT = 700;

export function exponential<T>(a: Arithmetic<T>, x: T): T {
  const [most, least] = [a.number(EXPONENT), a.number(-EXPONENT)];
  return a.exponential(a.when(x, ">", most, most, a.when(x, "<", least, least, x)));
}

export function sigmoid<T>(a: Arithmetic<T>, x: T): T {
  const one = a.number(1);
  return a.divide(one, a.add(one, exponential(a, a.subtract(a.number(0), x))));
}

/** x, or the nearest of `min` and `max`; what is no number stays that. */
export function held<T>(a: Arithmetic<T>, x: T, min: number, max: number): T {
  const [least, most] = [a.number(min), a.number(max)];
  return a.when(x, ">", most, most, a.when(x, "<", least, least, x));
}
