// Steps of a scaling in f64: of one column, or of several side by side that have steps of the same kinds.

import type { ScalingStep } from "@netwright/data";
import { FARTHEST_CLIPPED, NEAREST_LIMIT } from "@netwright/ir/numerics";
import type { GraphBuilder, Name } from "./graph-builder.ts";

/** `steps` has those of each column, as many for each; x is [..., columns]. */
export function scaled(g: GraphBuilder, x: Name, steps: readonly (readonly ScalingStep[])[]): Name {
  const [first = []] = steps;
  return first.reduce<Name>((sofar, { kind }, i) => {
    const by = steps.map((own) => {
      const step = own[i];
      return step !== undefined && "by" in step ? step.by : 0;
    });
    return next(g, sofar, kind, by);
  }, x);
}

/** Columns with the same one can be scaled together. */
export function kindsOf(steps: readonly ScalingStep[]): string {
  return steps.map(({ kind }) => kind).join();
}

const ARITHMETIC = {
  add: "Add",
  subtract: "Sub",
  multiply: "Mul",
  divide: "Div",
  at_least: "Max",
  at_most: "Min",
} as const;

function next(g: GraphBuilder, x: Name, kind: ScalingStep["kind"], by: readonly number[]): Name {
  switch (kind) {
    case "add":
    case "subtract":
    case "multiply":
    case "divide":
    case "at_least":
    case "at_most":
      return g.op(ARITHMETIC[kind], [x, g.doubles(by)]);
    case "smooth_clip":
      return clipSmoothly(g, x, g.doubles(by));
    case "smooth_unclip":
      return unclipSmoothly(g, x, g.doubles(by));
    case "log_plus_one":
      return logPlusOne(g, x);
    case "exponential_minus_one":
      return exponentialMinusOne(g, x);
  }
}

const one = (g: GraphBuilder): Name => g.doubles([1], []);

function within(g: GraphBuilder, x: Name, bound: number): Name {
  return g.op("Max", [g.op("Min", [x, g.doubles([bound], [])]), g.doubles([-bound], [])]);
}

/** limit t / sqrt(1 + t^2), t = x / limit. */
function clipSmoothly(g: GraphBuilder, x: Name, limit: Name): Name {
  const t = within(g, g.op("Div", [x, limit]), FARTHEST_CLIPPED);
  const root = g.op("Sqrt", [g.op("Add", [g.op("Mul", [t, t]), one(g)])]);
  return g.op("Mul", [g.op("Div", [t, root]), limit]);
}

function unclipSmoothly(g: GraphBuilder, x: Name, limit: Name): Name {
  const t = within(g, g.op("Div", [x, limit]), NEAREST_LIMIT);
  const square = g.op("Mul", [g.op("Sub", [one(g), t]), g.op("Add", [one(g), t])]);
  return g.op("Mul", [g.op("Div", [t, g.op("Sqrt", [square])]), limit]);
}

/** As f32 has it, in f64. */
function rounded(g: GraphBuilder, x: Name): Name {
  return g.cast(g.cast(x, "float"), "double");
}

/** log(1 + x) without an operation for it: what 1 + x has lost of x is made up for. W. Kahan's method. */
function logPlusOne(g: GraphBuilder, given: Name): Name {
  const x = rounded(g, given);
  const u = g.op("Add", [x, one(g)]);
  const made = g.op("Div", [g.op("Mul", [g.op("Log", [u]), x]), g.op("Sub", [u, one(g)])]);
  return rounded(g, g.op("Where", [g.op("Equal", [u, one(g)]), x, made]));
}

/** exp(x) - 1 likewise, near 0; elsewhere nothing is lost. */
function exponentialMinusOne(g: GraphBuilder, given: Name): Name {
  const x = rounded(g, given);
  const u = g.op("Exp", [x]);
  const plain = g.op("Sub", [u, one(g)]);
  const made = g.op("Div", [g.op("Mul", [plain, x]), g.op("Log", [u])]);
  const near = g.op("Where", [g.op("Equal", [u, one(g)]), x, made]);
  const isNear = g.op("Less", [g.op("Abs", [x]), g.doubles([0.5], [])]);
  return rounded(g, g.op("Where", [isNear, near, plain]));
}
