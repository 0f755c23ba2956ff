// What a scaling computes, as data: for who compiles a prediction instead of calling `apply` and `invert`.

/**
 * Arithmetic with a constant in f64, or an elementwise function of the IR, which takes its operand rounded to f32
 * and gives f32.
 */
export type ScalingStep =
  | { readonly kind: "add" | "subtract" | "multiply" | "divide"; readonly by: number }
  | { readonly kind: "log_plus_one" | "exponential_minus_one" };

export interface ScalingSteps {
  /** From x to z, one after the other. */
  readonly apply: readonly ScalingStep[];
  /** From z to x. */
  readonly invert: readonly ScalingStep[];
}
