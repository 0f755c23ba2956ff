// Steps of a scaling carried out on one number, as a host does it.

import { clipSmoothly, type ScalingStep, unclipSmoothly } from "@netwright/data";
import { exponentialMinusOne, logPlusOne } from "@netwright/ir/numerics";

/** In f64; the two functions of the IR round what they take and give to f32. */
export function carryOut(steps: readonly ScalingStep[], x: number): number {
  return steps.reduce(next, x);
}

function next(x: number, step: ScalingStep): number {
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
