// A number of a column as it goes into the network or comes out of it: one step after the other on f64.

import { exponentialMinusOneFormula, logPlusOneFormula } from "@netwright/ir/numerics";
import { constantPool } from "../emit/constant-pool.ts";
import { type SimdLanes, simdLanes } from "../emit/lanes.ts";
import type { FunctionBuilder, FunctionRef, Local } from "../wasm/function-builder.ts";
import type { ModuleBuilder } from "../wasm/module-builder.ts";

/**
 * Arithmetic with a constant in f64, or an elementwise function of the IR, which takes its operand rounded to f32
 * and gives f32.
 */
export type ConversionStep =
  | { readonly kind: "add" | "subtract" | "multiply" | "divide"; readonly by: number }
  | { readonly kind: FormulaName };

type FormulaName = "log_plus_one" | "exponential_minus_one";

const arithmetic = {
  add: "f64.add",
  subtract: "f64.sub",
  multiply: "f64.mul",
  divide: "f64.div",
} as const;

const formulas: { readonly [K in FormulaName]: (lanes: SimdLanes, x: Local) => Local } = {
  log_plus_one: (lanes, x) => logPlusOneFormula(lanes, x),
  exponential_minus_one: (lanes, x) => exponentialMinusOneFormula(lanes, x),
};

/** Appends the steps to a function: they take an f64 from the stack and leave one. */
export type EmitConversion = (fn: FunctionBuilder, steps: readonly ConversionStep[]) => void;

/** The module gets a function for each formula that is used. */
export function conversions(module: ModuleBuilder): EmitConversion {
  const defined = new Map<FormulaName, FunctionRef>();
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
      if ("by" in step) fn.f64(step.by).op(arithmetic[step.kind]);
      else fn.call(formula(step.kind));
    }
  };
}
