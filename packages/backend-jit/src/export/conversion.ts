// A number of a column as it goes into the network or comes out of it: one step after the other on f64.

import {
  exponentialMinusOneFormula,
  FARTHEST_CLIPPED,
  logPlusOneFormula,
  NEAREST_LIMIT,
} from "@netwright/ir/numerics";
import { constantPool } from "../emit/constant-pool.ts";
import { type SimdLanes, simdLanes } from "../emit/lanes.ts";
import type { FunctionBuilder, FunctionRef, Local } from "../wasm/function-builder.ts";
import type { ModuleBuilder } from "../wasm/module-builder.ts";

/**
 * Arithmetic with a constant in f64, also the greater and the lesser of both; a bend within the limit `by`, t / sqrt(1 + t^2) of t = x / by, and back; or an
 * elementwise function of the IR, which takes its operand rounded to f32 and gives f32.
 */
export type ConversionStep =
  | { readonly kind: keyof typeof arithmetic; readonly by: number }
  | { readonly kind: BendName; readonly by: number }
  | { readonly kind: FormulaName };

type BendName = "smooth_clip" | "smooth_unclip";

type FormulaName = "log_plus_one" | "exponential_minus_one";

const arithmetic = {
  add: "f64.add",
  subtract: "f64.sub",
  multiply: "f64.mul",
  divide: "f64.div",
  at_least: "f64.max",
  at_most: "f64.min",
} as const;

const formulas: { readonly [K in FormulaName]: (lanes: SimdLanes, x: Local) => Local } = {
  log_plus_one: (lanes, x) => logPlusOneFormula(lanes, x),
  exponential_minus_one: (lanes, x) => exponentialMinusOneFormula(lanes, x),
};

/** Operation for operation what scalings of the data package compute: t of x, within what the square root takes. */
const bends: {
  readonly [K in BendName]: { readonly most: number; readonly root: (fn: FunctionBuilder, t: Local) => void };
} = {
  smooth_clip: {
    most: FARTHEST_CLIPPED,
    root: (fn, t) => fn.get(t).get(t).op("f64.mul").f64(1).op("f64.add"),
  },
  smooth_unclip: {
    most: NEAREST_LIMIT,
    root: (fn, t) => fn.f64(1).get(t).op("f64.sub").f64(1).get(t).op("f64.add").op("f64.mul"),
  },
};

function isBend(kind: string): kind is BendName {
  return Object.hasOwn(bends, kind);
}

/** Appends the steps to a function: they take an f64 from the stack and leave one. */
export type EmitConversion = (fn: FunctionBuilder, steps: readonly ConversionStep[]) => void;

/** The module gets a function for each formula that is used. */
export function conversions(module: ModuleBuilder): EmitConversion {
  const defined = new Map<FormulaName | BendName, FunctionRef>();
  const bend = (name: BendName): FunctionRef => {
    const known = defined.get(name);
    if (known !== undefined) return known;
    const { most, root } = bends[name];
    const ref = module.func(name, { params: ["f64", "f64"], results: ["f64"] }, (fn) => {
      const [x, limit] = [fn.param(0), fn.param(1)];
      fn.get(x).get(limit).op("f64.div").f64(most).op("f64.min").f64(-most).op("f64.max").tee(x);
      root(fn, x);
      fn.op("f64.sqrt").op("f64.div").get(limit).op("f64.mul");
    });
    defined.set(name, ref);
    return ref;
  };
  const formula = (name: FormulaName): FunctionRef => {
    const known = defined.get(name);
    if (known !== undefined) return known;
    const ref = module.func(name, { params: ["f64"], results: ["f64"] }, (fn) => {
      const x = fn.local("v128");
      fn.get(fn.param(0)).op("f32.demote_f64").op("f32x4.splat").set(x);
      const y = formulas[name](simdLanes(fn, constantPool(fn)), x);
      fn.get(y).lane("f32x4.extract_lane", 0).op("f64.promote_f32");
    });
    defined.set(name, ref);
    return ref;
  };
  return (fn, steps) => {
    for (const step of steps) {
      if (!("by" in step)) fn.call(formula(step.kind));
      else if (isBend(step.kind)) fn.f64(step.by).call(bend(step.kind));
      else fn.f64(step.by).op(arithmetic[step.kind]);
    }
  };
}
