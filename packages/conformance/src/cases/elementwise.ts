// Cases of the elementwise operations: one row each, with the tolerance of its f32 form.

import { type Attributes, type BinaryName, type DerivedName, tensor, type UnaryName } from "@netwright/ir";
import type fc from "fast-check";
import type { ToleranceClass } from "../kit/tolerance.ts";
import type { OpCase } from "../ops/op-case.ts";
import { emptyShapes, operand, shapes } from "../values/arbitraries.ts";
import { fixedValues, row } from "../values/fixed-values.ts";
import { allowedTypes } from "./allowed-types.ts";
import { twoOperands } from "./two-operands.ts";

type DerivedUnary = Extract<DerivedName, "is_finite" | "ceil" | "round_nearest_even" | "round_nearest_afz">;
type DerivedBinary = Extract<
  DerivedName,
  "xor" | "shift_left" | "shift_right_logical" | "shift_right_arithmetic"
>;

function unary<K extends UnaryName | DerivedUnary>(
  name: K,
  attributes: Attributes[K],
  float: ToleranceClass,
): readonly OpCase<K>[] {
  return allowedTypes(name, attributes, (dtype) => [tensor(dtype)]).flatMap((dtype) => {
    const tolerance: ToleranceClass = dtype === "f32" ? float : "exact";
    const over =
      (shape: fc.Arbitrary<readonly number[]>): OpCase<K>["applications"] =>
      () =>
        shape.chain((s) => operand(tensor(dtype, s), "wide")).map((x) => ({ operands: [x], attributes }));
    return [
      { variant: `${dtype} shapes`, tolerance, applications: over(shapes()) },
      { variant: `${dtype} empty`, tolerance, applications: over(emptyShapes()) },
      ...fixedValues(dtype).map(({ variant, values }) => ({
        variant,
        tolerance,
        applications: () => [{ operands: [row(dtype, values)], attributes }],
      })),
    ];
  });
}

function binary<K extends BinaryName | DerivedBinary>(
  name: K,
  attributes: Attributes[K],
  float: ToleranceClass,
): readonly OpCase<K>[] {
  return allowedTypes(name, attributes, (dtype) => [tensor(dtype), tensor(dtype)]).flatMap((dtype) =>
    twoOperands<K>(dtype, dtype === "f32" ? float : "exact", [attributes]),
  );
}

export const unaryCases: { readonly [K in UnaryName]: readonly OpCase<K>[] } = {
  abs: unary("abs", {}, "exact"),
  negate: unary("negate", {}, "exact"),
  sign: unary("sign", {}, "exact"),
  exponential: unary("exponential", {}, "elementary"),
  log: unary("log", {}, "elementary"),
  log_plus_one: unary("log_plus_one", {}, "elementary"),
  exponential_minus_one: unary("exponential_minus_one", {}, "elementary"),
  sqrt: unary("sqrt", {}, "arithmetic"),
  rsqrt: unary("rsqrt", {}, "elementary"),
  sine: unary("sine", {}, "elementary"),
  cosine: unary("cosine", {}, "elementary"),
  tanh: unary("tanh", {}, "elementary"),
  logistic: unary("logistic", {}, "elementary"),
  erf: unary("erf", {}, "elementary"),
  floor: unary("floor", {}, "exact"),
  not: unary("not", {}, "exact"),
};

export const binaryCases: { readonly [K in BinaryName]: readonly OpCase<K>[] } = {
  add: binary("add", {}, "arithmetic"),
  subtract: binary("subtract", {}, "arithmetic"),
  multiply: binary("multiply", {}, "arithmetic"),
  divide: binary("divide", {}, "arithmetic"),
  maximum: binary("maximum", {}, "exact"),
  minimum: binary("minimum", {}, "exact"),
  power: binary("power", {}, "elementary"),
  remainder: binary("remainder", {}, "arithmetic"),
  and: binary("and", {}, "exact"),
  or: binary("or", {}, "exact"),
};

export const derivedElementwiseCases: {
  readonly [K in DerivedUnary | DerivedBinary]: readonly OpCase<K>[];
} = {
  is_finite: unary("is_finite", {}, "exact"),
  ceil: unary("ceil", {}, "exact"),
  round_nearest_even: unary("round_nearest_even", {}, "exact"),
  round_nearest_afz: unary("round_nearest_afz", {}, "exact"),
  xor: binary("xor", {}, "exact"),
  shift_left: binary("shift_left", {}, "exact"),
  shift_right_logical: binary("shift_right_logical", {}, "exact"),
  shift_right_arithmetic: binary("shift_right_arithmetic", {}, "exact"),
};
