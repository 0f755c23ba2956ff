// Rates for the rough time of a kernel on one thread, in nanoseconds: good enough to tell what is worth sharing. They
// are those of one core at about 3.5 GHz, measured by bench/step.mjs and bench/threads.mjs.

import type { OpName } from "@netwright/ir";

/** Multiplications with their additions, as the products reach them. */
export const PRODUCTS = 20;
/** One instruction on one of four lanes; a vector of four is an instruction in about a cycle. */
export const LANE = 0.08;
/** Reading or writing four bytes that are in no near cache. */
export const TOUCH = 0.2;
/** One element of a reduction, measured by bench/reduce.mjs. */
export const REDUCED = 0.12;
export const RANDOM_WORD = 1.5;

/** Instructions of an operation, where it is more than one. */
const INSTRUCTIONS: { readonly [K in OpName]?: number } = {
  divide: 8,
  sqrt: 8,
  rsqrt: 16,
  remainder: 40,
  exponential: 25,
  exponential_minus_one: 40,
  log: 35,
  log_plus_one: 40,
  tanh: 40,
  logistic: 40,
  erf: 60,
  sine: 250,
  cosine: 250,
  power: 90,
};

export function instructionsOf(name: OpName): number {
  return INSTRUCTIONS[name] ?? 1;
}
