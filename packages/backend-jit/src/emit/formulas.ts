// Operations that are made of many steps, which wait for one another.

import type { UnaryName } from "@netwright/ir";
import {
  cosineFormula,
  erfFormula,
  exponentialFormula,
  exponentialMinusOneFormula,
  logFormula,
  logisticFormula,
  logPlusOneFormula,
  rsqrtFormula,
  sineFormula,
  tanhFormula,
} from "@netwright/ir/numerics";

export const formulas = {
  exponential: exponentialFormula,
  log: logFormula,
  log_plus_one: logPlusOneFormula,
  exponential_minus_one: exponentialMinusOneFormula,
  rsqrt: rsqrtFormula,
  sine: sineFormula,
  cosine: cosineFormula,
  tanh: tanhFormula,
  logistic: logisticFormula,
  erf: erfFormula,
} as const satisfies { readonly [K in UnaryName]?: unknown };

export function hasFormula(name: string): name is keyof typeof formulas {
  return Object.hasOwn(formulas, name);
}
