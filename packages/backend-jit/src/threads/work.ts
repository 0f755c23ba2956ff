// Rough time of a kernel on one thread, in nanoseconds: good enough to tell what is worth sharing. The rates are
// those of one core at about 3.5 GHz, measured by bench/step.mjs and bench/threads.mjs.

import type { OpName } from "@netwright/ir";
import type { Kernel, PointwiseBody } from "../plan/kernel.ts";

/** Multiplications with their additions, as the products reach them. */
const PRODUCTS = 20;
/** One instruction on one of four lanes; a vector of four is an instruction in about a cycle. */
const LANE = 0.08;
/** Reading or writing four bytes that are in no near cache. */
const TOUCH = 0.2;
/** One element of a reduction, measured by bench/reduce.mjs. */
const REDUCED = 0.12;
const RANDOM_WORD = 1.5;

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
  power: 90,
};

function bodyWork({ rows, columns, ops, stores }: PointwiseBody): number {
  const instructions = ops.reduce((sum, { op }) => sum + (INSTRUCTIONS[op.name] ?? 1), 0);
  const reads = ops.flatMap(({ inputs }) => inputs.filter(({ kind }) => kind === "buffer"));
  return rows * columns * (LANE * instructions + TOUCH * (reads.length / 2 + stores.length));
}

/** Of kernels one after the other. */
export function workOfAll(kernels: readonly Kernel[]): number {
  return kernels.reduce((sum, kernel) => sum + workOf(kernel), 0);
}

export function workOf(kernel: Kernel): number {
  switch (kernel.kind) {
    case "map":
      return bodyWork(kernel.body);
    case "contraction":
      return (kernel.batch * kernel.rows * kernel.columns * kernel.inner) / PRODUCTS + bodyWork(kernel.body);
    case "reduce":
      return REDUCED * kernel.shape.reduce((size, each) => size * each, 1);
    case "move":
      return 2 * TOUCH * kernel.size;
    case "random":
      return RANDOM_WORD * kernel.size;
  }
}
