// One more product in a sum, four lanes at a time: what the inner loops of products are made of. How it is rounded is the
// program's: `numerics` of the IR.

import type { FunctionBuilder, Local } from "../wasm/function-builder.ts";
import type { Helpers } from "./helpers.ts";

/**
 * - `separate`: the product is rounded, then the sum
 * - `fused`: both at once, by an instruction of the engine
 * - `emulated`: the same bits as fused where the engine has none or it is not known, many times slower
 */
export type ProductSums = "separate" | "fused" | "emulated";

type Push = () => void;

/** Leaves on the stack the sum and the product of what the two push. */
export type ProductSum = (sum: Local, left: Push, right: Push) => void;

export function productSum(fn: FunctionBuilder, kind: ProductSums, helpers: Helpers): ProductSum {
  if (kind === "separate") {
    return (sum, left, right) => {
      fn.get(sum);
      left();
      right();
      fn.op("f32x4.mul").op("f32x4.add");
    };
  }
  return (sum, left, right) => {
    left();
    right();
    fn.get(sum);
    if (kind === "fused") fn.op("f32x4.relaxed_madd");
    else fn.call(helpers("multiply_add_f32x4"));
  };
}
