// What a scaling computes, as data: for who compiles a prediction instead of calling `apply` and `invert`.

import { clipSmoothly, exponentialMinusOne, logPlusOne, unclipSmoothly } from "@netwright/ir/numerics";

/**
 * Arithmetic with a constant in f64; `at_least` and `at_most`, the greater and the lesser of x and `by`; `clipSmoothly` and `unclipSmoothly` with the limit `by`; or an elementwise function of
 * the IR, which takes its operand rounded to f32 and gives f32.
 */
export type ScalingStep =
  | { readonly kind: "add" | "subtract" | "multiply" | "divide"; readonly by: number }
  | { readonly kind: "at_least" | "at_most"; readonly by: number }
  | { readonly kind: "smooth_clip" | "smooth_unclip"; readonly by: number }
  | { readonly kind: "log_plus_one" | "exponential_minus_one" };

export interface ScalingSteps {
  /** From x to z, one after the other. */
  readonly apply: readonly ScalingStep[];
  /** From z to x. */
  readonly invert: readonly ScalingStep[];
}

/** Of a scaling that subtracts `centre` and divides by `spread`. */
export function centredSteps(centre: number, spread: number): ScalingSteps {
  return {
    apply: [
      { kind: "subtract", by: centre },
      { kind: "divide", by: spread },
    ],
    invert: [
      { kind: "multiply", by: spread },
      { kind: "add", by: centre },
    ],
  };
}

/** The steps carried out on one number, as a host does it: in f64, but for the two functions of the IR. */
export function carryOut(steps: readonly ScalingStep[], x: number): number {
  return steps.reduce(afterStep, x);
}

function afterStep(x: number, step: ScalingStep): number {
  switch (step.kind) {
    case "add":
      return x + step.by;
    case "subtract":
      return x - step.by;
    case "multiply":
      return x * step.by;
    case "divide":
      return x / step.by;
    case "at_least":
      return Math.max(x, step.by);
    case "at_most":
      return Math.min(x, step.by);
    case "smooth_clip":
      return clipSmoothly(x, step.by);
    case "smooth_unclip":
      return unclipSmoothly(x, step.by);
    case "log_plus_one":
      return logPlusOne(Math.fround(x));
    case "exponential_minus_one":
      return exponentialMinusOne(Math.fround(x));
  }
}
