// Steps of a scaling in f64, as statements: the bits of `carryOut`.

import type { ScalingStep } from "@netwright/data";
import { FARTHEST_CLIPPED, NEAREST_LIMIT } from "@netwright/ir/numerics";
import type { RealFunction, Syntax } from "./syntax.ts";

/** One after the other on a variable of f64. */
export function stepLines(
  steps: readonly ScalingStep[],
  x: string,
  syntax: Syntax,
  functions: Set<RealFunction>,
): readonly string[] {
  return steps.flatMap((step) => stepValues(step, x, syntax, functions).map((value) => `${x} = ${value};`));
}

/** What x becomes, one behind the other: in the order and with the roundings of `carryOut`. */
function stepValues(
  step: ScalingStep,
  x: string,
  syntax: Syntax,
  functions: Set<RealFunction>,
): readonly string[] {
  switch (step.kind) {
    case "add":
      return [`${x} + ${syntax.wide(step.by)}`];
    case "subtract":
      return [`${x} - ${syntax.wide(step.by)}`];
    case "multiply":
      return [syntax.multiplyWide(x, syntax.wide(step.by))];
    case "divide":
      return [`${x} / ${syntax.wide(step.by)}`];
    case "at_least":
      return [atLeast(x, step.by, syntax)];
    case "at_most":
      return [atMost(x, step.by, syntax)];
    case "log_plus_one":
    case "exponential_minus_one":
      functions.add(step.kind);
      return [syntax.widen(syntax.call(step.kind, [syntax.narrow(x)]))];
    case "smooth_clip":
    case "smooth_unclip": {
      const { most, square } = BENDS[step.kind];
      const limit = syntax.wide(step.by);
      return [
        `${x} / ${limit}`,
        atMost(x, most, syntax),
        atLeast(x, -most, syntax),
        `${x} / ${syntax.sqrtWide(square(x, syntax))}`,
        syntax.multiplyWide(x, limit),
      ];
    }
  }
}

/** NaN stays. */
function atLeast(x: string, by: number, { pickWide, wide }: Syntax): string {
  return pickWide(`${x} < ${wide(by)}`, wide(by), x);
}

function atMost(x: string, by: number, { pickWide, wide }: Syntax): string {
  return pickWide(`${x} > ${wide(by)}`, wide(by), x);
}

/** How far t may be from 0, and what it is divided by the root of: of `clipSmoothly` and `unclipSmoothly`. */
const BENDS = {
  smooth_clip: {
    most: FARTHEST_CLIPPED,
    square: (t: string, { multiplyWide, wide }: Syntax) => `${multiplyWide(t, t)} + ${wide(1)}`,
  },
  smooth_unclip: {
    most: NEAREST_LIMIT,
    square: (t: string, { multiplyWide, wide }: Syntax) =>
      multiplyWide(`(${wide(1)} - ${t})`, `(${wide(1)} + ${t})`),
  },
} as const;
