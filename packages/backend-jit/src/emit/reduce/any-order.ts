// Accumulators of reductions for which the order of the elements does not matter: integers wrap, and of the largest of
// numbers it is all the same who was asked first. So four neighbours of a line are in the lanes of one vector.

import type { ReduceKernel } from "../../kernels/reduce.ts";
import { isInOrder } from "../../plan/reduce-loops.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { Emission } from "../emission.ts";
import { stepsOf } from "./steps.ts";

export interface AnyOrder {
  /** From the identity on. */
  readonly reset: () => void;
  /** Four more elements. */
  readonly take: (elements: Local) => void;
  /** Four results, in a local of the current scope; those of all elements are still to be put together. */
  readonly results: () => Local;
}

/** Undefined where each step is rounded. */
export function anyOrder(emission: Emission, kernel: ReduceKernel): AnyOrder | undefined {
  if (isInOrder(kernel)) return undefined;
  return kernel.dtype === "f32" ? extreme(emission, kernel) : oneVector(emission, kernel);
}

function oneVector(emission: Emission, kernel: ReduceKernel): AnyOrder {
  const { reset, take } = stepsOf(emission, kernel);
  const accumulator = emission.fn.local("v128");
  return {
    reset: () => reset(accumulator),
    take: (elements) => take(accumulator, elements),
    results: () => accumulator,
  };
}

const INFINITY = 0x7f800000;
const MINUS_INFINITY = 0xff800000 | 0;
const NOT_A_NUMBER = 0x7fc00000;

/**
 * The largest or smallest f32 by its bits: an instruction with the rules for NaN and zeros is nine of a processor's, three of
 * integers are three. Positive numbers have the order of their bits, negative ones the other, with and without a sign; what is
 * no number is beyond the infinities. So the largest is the largest with a sign unless that is negative, then the least one.
 */
function extreme(emission: Emission, kernel: ReduceKernel): AnyOrder {
  const { fn, constants, lanes } = emission;
  const { reset } = stepsOf(emission, kernel);
  const [largest, least, largestUnsigned] = [fn.local("v128"), fn.local("v128"), fn.local("v128")];
  const steps = [
    [largest, "i32x4.max_s"],
    [least, "i32x4.min_s"],
    [largestUnsigned, "i32x4.max_u"],
  ] as const;
  return {
    reset: () => reset(largest, least, largestUnsigned),
    take: (elements) => {
      for (const [accumulator, name] of steps) fn.get(accumulator).get(elements).op(name).set(accumulator);
    },
    results: () => {
      const isNegative = fn.local("v128");
      const isMax = kernel.reduce === "max";
      fn.get(isMax ? largest : least)
        .i32(31)
        .op("i32x4.shr_s")
        .set(isNegative);
      const found = isMax
        ? lanes.select(isNegative, least, largest)
        : lanes.select(isNegative, largestUnsigned, least);
      const isNone = fn.local("v128");
      fn.get(largest).get(constants.i32(INFINITY)).op("i32x4.gt_s");
      fn.get(largestUnsigned).get(constants.i32(MINUS_INFINITY)).op("i32x4.gt_u");
      fn.op("v128.or").set(isNone);
      return lanes.select(isNone, constants.i32(NOT_A_NUMBER), found);
    },
  };
}
