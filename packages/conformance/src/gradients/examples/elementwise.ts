// Gradient examples of the elementwise operations.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { type Attributes, type BinaryName, tensor, type UnaryName } from "@netwright/ir";
import { between, signed, sumOf } from "../../values/smooth-tensor.ts";
import type { GradientExample, GradientExamples } from "./example.ts";

const SHAPE = [3, 4];
const BITS = "bits and truth values carry no gradient";

function one<K extends UnaryName | "ceil" | "round_nearest_even" | "round_nearest_afz">(
  attributes: Attributes[K],
  x: Tensor,
): readonly GradientExample<K>[] {
  return [{ variant: "any", application: { operands: [x], attributes } }];
}

function two<K extends BinaryName>(
  attributes: Attributes[K],
  x: Tensor,
  y: Tensor,
): readonly GradientExample<K>[] {
  return [{ variant: "any", application: { operands: [x, y], attributes } }];
}

export const unaryExamples: { readonly [K in UnaryName]: GradientExamples<K> } = {
  abs: one({}, signed(0.5, 2, SHAPE)),
  negate: one({}, between(-2, 2, SHAPE)),
  // Both are flat between their steps.
  sign: one({}, signed(0.5, 2, SHAPE)),
  floor: one({}, sumOf(tensorOf(tensor("f32", [5]), [-2, -1, 0, 1, 2]), between(0.25, 0.75, [5]))),
  exponential: one({}, between(-2, 2, SHAPE)),
  log: one({}, between(0.75, 3, SHAPE)),
  log_plus_one: one({}, between(-0.25, 2, SHAPE)),
  exponential_minus_one: one({}, between(-2, 2, SHAPE)),
  sqrt: one({}, between(0.75, 3, SHAPE)),
  rsqrt: one({}, between(0.75, 3, SHAPE)),
  sine: one({}, between(-4, 4, SHAPE)),
  cosine: one({}, between(-4, 4, SHAPE)),
  tanh: one({}, between(-2, 2, SHAPE)),
  logistic: one({}, between(-4, 4, SHAPE)),
  erf: one({}, between(-2, 2, SHAPE)),
  not: BITS,
};

const whole = (values: readonly number[]): Tensor => tensorOf(tensor("f32", [values.length]), values);

/** x = y (k + r) with k whole and r around a half, so that trunc(x / y) = k for all steps. */
function remainderOperands(): readonly [x: Tensor, y: Tensor] {
  return [whole([2.75, -2.75, 4.5, 1, -4.75]), whole([2, 2, -1.75, 2.25, -2])];
}

export const binaryExamples: { readonly [K in BinaryName]: GradientExamples<K> } = {
  add: two({}, between(-2, 2, SHAPE, 1), between(-2, 2, SHAPE, 2)),
  subtract: two({}, between(-2, 2, SHAPE, 1), between(-2, 2, SHAPE, 2)),
  multiply: two({}, between(-2, 2, SHAPE, 1), between(-2, 2, SHAPE, 2)),
  divide: two({}, between(-2, 2, SHAPE, 1), signed(0.75, 2, SHAPE, 2)),
  maximum: two({}, between(-2, 2, SHAPE, 1), sumOf(between(-2, 2, SHAPE, 1), signed(0.5, 1, SHAPE, 2))),
  minimum: two({}, between(-2, 2, SHAPE, 1), sumOf(between(-2, 2, SHAPE, 1), signed(0.5, 1, SHAPE, 2))),
  power: [
    ...two<"power">({}, between(0.75, 2, SHAPE, 1), between(-2, 2, SHAPE, 2)),
    {
      variant: "negative base, whole exponent",
      application: { operands: [whole([-1, -1.5, -2]), whole([2, 3, -1])], attributes: {} },
      wrt: [0],
    },
    {
      variant: "exponent zero",
      application: { operands: [whole([1.5, -2, 0]), whole([0, 0, 0])], attributes: {} },
      wrt: [0],
    },
    { variant: "base zero", application: { operands: [whole([0, 0]), whole([2, 3])], attributes: {} } },
  ],
  remainder: two({}, ...remainderOperands()),
  and: BITS,
  or: BITS,
};

export const selectExamples: readonly GradientExample<"select">[] = [
  {
    variant: "any",
    application: {
      operands: [
        tensorOf(tensor("pred", SHAPE), [1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0]),
        between(-2, 2, SHAPE, 1),
        between(-2, 2, SHAPE, 2),
      ],
      attributes: {},
    },
  },
];

export const convertExamples: readonly GradientExample<"convert">[] = [
  {
    variant: "f32 to itself",
    application: { operands: [between(-2, 2, SHAPE)], attributes: { dtype: "f32" } },
  },
];

const steps = tensorOf(tensor("f32", [5]), [-2, -1, 0, 1, 2]);

export const clampExamples: readonly GradientExample<"clamp">[] = [
  {
    variant: "a bound for each element",
    application: {
      operands: [
        tensorOf(tensor("f32", [5]), [-1, -1, -0.5, -1, 1]),
        tensorOf(tensor("f32", [5]), [-2, 0.5, 0, 2, 0.25]),
        tensorOf(tensor("f32", [5]), [1, 1, 0.75, 1.5, 2]),
      ],
      attributes: {},
    },
  },
  {
    variant: "bounds for all",
    application: {
      operands: [tensorOf(tensor("f32"), [-1]), signed(1.25, 2, SHAPE), tensorOf(tensor("f32"), [1])],
      attributes: {},
    },
  },
];

export const derivedElementwiseExamples = {
  // All are flat between their steps.
  ceil: one<"ceil">({}, sumOf(steps, between(0.25, 0.75, [5]))),
  round_nearest_even: one<"round_nearest_even">({}, sumOf(steps, between(-0.25, 0.25, [5]))),
  round_nearest_afz: one<"round_nearest_afz">({}, sumOf(steps, between(-0.25, 0.25, [5]))),
  is_finite: BITS,
  xor: BITS,
  shift_left: BITS,
  shift_right_logical: BITS,
  shift_right_arithmetic: BITS,
};
