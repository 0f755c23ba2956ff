// Steps of a scaling, in the arithmetic of a host, in f64 throughout.

import type { ScalingStep } from "@netwright/data";
import { FARTHEST_CLIPPED, NEAREST_LIMIT } from "@netwright/ir/numerics";
import { type Arithmetic, exponential, held } from "./arithmetic.ts";

type Formula<T> = (x: T) => T;

/**
 * The steps as formulas one behind the other. Each takes a name: what uses x more than once is a formula of its own, what is plain
 * arithmetic goes along with what is before it.
 */
export function formulasOf<T>(a: Arithmetic<T>, steps: readonly ScalingStep[]): readonly Formula<T>[] {
  const formulas: Formula<T>[] = [];
  let isPlain = false;
  for (const step of steps) {
    const before = isPlain ? formulas.pop() : undefined;
    const own = (x: T) => next(a, x, step);
    const goesAlong = before !== undefined && PLAIN.has(step.kind);
    if (before !== undefined && !goesAlong) formulas.push(before);
    formulas.push(before !== undefined && goesAlong ? (x) => own(before(x)) : own);
    isPlain = PLAIN.has(step.kind);
  }
  return formulas;
}

const PLAIN: ReadonlySet<ScalingStep["kind"]> = new Set(["add", "subtract", "multiply", "divide"]);

function next<T>(a: Arithmetic<T>, x: T, step: ScalingStep): T {
  const one = a.number(1);
  switch (step.kind) {
    case "add":
      return a.add(x, a.number(step.by));
    case "subtract":
      return a.subtract(x, a.number(step.by));
    case "multiply":
      return a.multiply(x, a.number(step.by));
    case "divide":
      return a.divide(x, a.number(step.by));
    case "at_least":
      return a.when(x, "<", a.number(step.by), a.number(step.by), x);
    case "at_most":
      return a.when(x, ">", a.number(step.by), a.number(step.by), x);
    case "smooth_clip": {
      const t = held(a, a.divide(x, a.number(step.by)), -FARTHEST_CLIPPED, FARTHEST_CLIPPED);
      return a.multiply(a.divide(t, a.root(a.add(a.multiply(t, t), one))), a.number(step.by));
    }
    case "smooth_unclip": {
      const t = held(a, a.divide(x, a.number(step.by)), -NEAREST_LIMIT, NEAREST_LIMIT);
      const square = a.multiply(a.subtract(one, t), a.add(one, t));
      return a.multiply(a.divide(t, a.root(square)), a.number(step.by));
    }
    case "log_plus_one": {
      // What 1 + x has lost of x is made up for: W. Kahan's method. A range keeps -1 and less out.
      const u = a.add(one, x);
      const made = a.divide(a.multiply(a.logarithm(u), x), a.subtract(u, one));
      return a.when(u, "=", one, x, a.when(u, ">", a.number(0), made, a.number(-700)));
    }
    case "exponential_minus_one":
      return a.subtract(exponential(a, x), one);
  }
}
