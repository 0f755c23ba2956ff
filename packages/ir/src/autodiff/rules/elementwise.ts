// Gradients of the elementwise operations. x, y are the operands, z the result, g its cotangent.

import type { Builder } from "../../core/builder.ts";
import type { Value } from "../../core/program.ts";
import type { BinaryName, UnaryName } from "../../ops/elementwise.ts";
import { noGradient, oneResult, operandOf, type Rule, resultOf } from "../rule.ts";

type UnaryRule = (b: Builder, g: Value, x: Value, z: Value) => Value;
type BinaryRule = (b: Builder, g: Value, x: Value, y: Value, z: Value) => Value;

function unary<K extends UnaryName>(rule: UnaryRule): Rule<K> {
  return oneResult(({ builder, op, cotangent }) => [
    rule(builder, cotangent, operandOf(op, 0), resultOf(op)),
  ]);
}

function binary<K extends BinaryName>(toX: BinaryRule, toY: BinaryRule): Rule<K> {
  return oneResult(({ builder, op, cotangent, needs }) =>
    [toX, toY].map((rule, i) =>
      needs(i) ? rule(builder, cotangent, operandOf(op, 0), operandOf(op, 1), resultOf(op)) : undefined,
    ),
  );
}

const TWO_OVER_SQRT_PI = 1.1283791670955126;

export const unaryRules: { readonly [K in UnaryName]: Rule<K> } = {
  // g sign(x); 0 at 0
  abs: unary((b, g, x) => b.multiply(g, b.sign(x))),
  // -g
  negate: unary((b, g) => b.negate(g)),
  sign: noGradient,
  // g e^x = g z
  exponential: unary((b, g, _, z) => b.multiply(g, z)),
  // g / x
  log: unary((b, g, x) => b.divide(g, x)),
  // g / (1 + x)
  log_plus_one: unary((b, g, x) => b.divide(g, b.add(x, b.like(x, 1)))),
  // g e^x = g (z + 1)
  exponential_minus_one: unary((b, g, _, z) => b.multiply(g, b.add(z, b.like(z, 1)))),
  // g / (2 z)
  sqrt: unary((b, g, _, z) => b.divide(g, b.multiply(z, b.like(z, 2)))),
  // -g z^3 / 2 = -g z / (2 x)
  rsqrt: unary((b, g, x, z) => b.negate(b.divide(b.multiply(g, z), b.multiply(x, b.like(x, 2))))),
  // g cos(x)
  sine: unary((b, g, x) => b.multiply(g, b.unary("cosine", x))),
  // -g sin(x)
  cosine: unary((b, g, x) => b.negate(b.multiply(g, b.unary("sine", x)))),
  // g (1 - z^2)
  tanh: unary((b, g, _, z) => b.multiply(g, b.subtract(b.like(z, 1), b.multiply(z, z)))),
  // g z (1 - z)
  logistic: unary((b, g, _, z) => b.multiply(g, b.multiply(z, b.subtract(b.like(z, 1), z)))),
  // g 2/sqrt(pi) e^(-x^2)
  erf: unary((b, g, x) =>
    b.multiply(g, b.multiply(b.exponential(b.negate(b.multiply(x, x))), b.like(x, TWO_OVER_SQRT_PI))),
  ),
  floor: noGradient,
  not: noGradient,
};

export const binaryRules: { readonly [K in BinaryName]: Rule<K> } = {
  // g, g
  add: binary(
    (_, g) => g,
    (_, g) => g,
  ),
  // g, -g
  subtract: binary(
    (_, g) => g,
    (b, g) => b.negate(g),
  ),
  // g y, g x
  multiply: binary(
    (b, g, _, y) => b.multiply(g, y),
    (b, g, x) => b.multiply(g, x),
  ),
  // g / y, -g z / y
  divide: binary(
    (b, g, _, y) => b.divide(g, y),
    (b, g, _, y, z) => b.negate(b.divide(b.multiply(g, z), y)),
  ),
  // g where x > y, g elsewhere to y: a tie goes to y, so relu as maximum(x, 0) has gradient 0 at 0
  maximum: binary(
    (b, g, x, y) => b.select(b.compare(x, "GT", y), g, b.like(g, 0)),
    (b, g, x, y) => b.select(b.compare(x, "GT", y), b.like(g, 0), g),
  ),
  // g where x < y, g elsewhere to y
  minimum: binary(
    (b, g, x, y) => b.select(b.compare(x, "LT", y), g, b.like(g, 0)),
    (b, g, x, y) => b.select(b.compare(x, "LT", y), b.like(g, 0), g),
  ),
  // g y x^(y-1), which is 0 where y = 0; g z log(x), which is 0 where z = 0
  power: binary(
    (b, g, x, y) => {
      const slope = b.multiply(g, b.multiply(y, b.power(x, b.subtract(y, b.like(y, 1)))));
      return b.select(b.compare(y, "EQ", b.like(y, 0)), b.like(g, 0), slope);
    },
    (b, g, x, _, z) => {
      const slope = b.multiply(g, b.multiply(z, b.log(x)));
      return b.select(b.compare(z, "EQ", b.like(z, 0)), b.like(g, 0), slope);
    },
  ),
  // z = x - y trunc(x/y): g, -g trunc(x/y) = -g (x - z) / y
  remainder: binary(
    (_, g) => g,
    (b, g, x, y, z) => b.negate(b.multiply(g, b.divide(b.subtract(x, z), y))),
  ),
  and: noGradient,
  or: noGradient,
};

export const select = oneResult<"select">(({ builder: b, op, cotangent: g, needs }) => {
  const predicate = operandOf(op, 0);
  const zero = b.like(g, 0);
  // p ? g : 0, p ? 0 : g
  return [
    undefined,
    needs(1) ? b.select(predicate, g, zero) : undefined,
    needs(2) ? b.select(predicate, zero, g) : undefined,
  ];
});

// g where nothing is lost (f32 to f32); integers carry no gradient
export const convert = oneResult<"convert">(({ op, cotangent }) =>
  operandOf(op, 0).type.dtype === "f32" && op.attributes.dtype === "f32" ? [cotangent] : [],
);
