// The derived elementwise operations, each by its plain meaning and not by its decomposition: the one proves the other.

import { at } from "@netwright/ir";
import { onlyType, operandAt, type Tensor, zeros } from "../tensor.ts";
import type { Kernel } from "./kernel.ts";

type Name =
  | "is_finite"
  | "ceil"
  | "round_nearest_even"
  | "round_nearest_afz"
  | "xor"
  | "shift_left"
  | "shift_right_logical"
  | "shift_right_arithmetic"
  | "clamp";

/** A scalar operand counts for every element. */
function element({ data }: Tensor, index: number): number {
  return at(data, data.length === 1 ? 0 : index);
}

const map =
  (meaning: (...elements: number[]) => number): Kernel<Name> =>
  (operands, _, results) => {
    const result = zeros(onlyType(results));
    // Bits of either sign are what the array of the result makes of them.
    for (let i = 0; i < result.data.length; i++) {
      result.data[i] = meaning(...operands.map((operand) => element(operand, i)));
    }
    return [result];
  };

function nearestEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest === 0.5) return below % 2 === 0 ? below : below + 1;
  return rest < 0.5 ? below : below + 1;
}

/** The rounding of the size of x, with the sign of x. */
const signed =
  (round: (size: number) => number) =>
  (x = 0): number =>
    Number.isFinite(x) ? (x < 0 || Object.is(x, -0) ? -1 : 1) * round(Math.abs(x)) : x;

const isShift = (count: number): boolean => count >= 0 && count < 32;

export const derivedElementwiseKernels: { readonly [K in Name]: Kernel<K> } = {
  is_finite: map((x) => (Number.isFinite(x) ? 1 : 0)),
  ceil: map((x = 0) => Math.ceil(x)),
  round_nearest_even: map(signed(nearestEven)),
  // In f64 the sum of an f32 and a half is exact wherever that matters.
  round_nearest_afz: map(signed((size) => Math.floor(size + 0.5))),
  xor: map((x = 0, y = 0) => x ^ y),
  shift_left: map((x = 0, y = 0) => (isShift(y) ? x << y : 0)),
  shift_right_logical: map((x = 0, y = 0) => (isShift(y) ? x >>> y : 0)),
  shift_right_arithmetic: map((x = 0, y = 0) => (x | 0) >> (isShift(y) ? y : 31)),
  clamp: map((low = 0, x = 0, high = 0) => Math.min(Math.max(x, low), high)),
};

/** The operands, as they are. */
export const optimizationBarrier: Kernel<"optimization_barrier"> = (operands) =>
  operands.map((_, i) => operandAt(operands, i));
