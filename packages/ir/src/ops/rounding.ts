// Derived elementwise operations on f32: is_finite and roundings to an integer. Each is exact, so its decomposition
// has the bits of any right kernel.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { Value } from "../core/program.ts";
import { tensor } from "../core/types.ts";
import {
  constrain,
  costOfElements,
  type DerivedDefinition,
  type NoAttributes,
  operand,
} from "./definition.ts";

type Decomposition = (b: Builder, x: Value) => Value;

/** From here on every f32 is an integer. */
const ALL_INTEGERS = 2 ** 23;

function ofFloat(
  summary: string,
  decompose: Decomposition,
  dtype: "f32" | "pred" = "f32",
): DerivedDefinition<NoAttributes> {
  return {
    summary,
    operands: 1,
    fields: {},
    cost: costOfElements,
    infer: (operands) => {
      const x = operand(operands, 0);
      constrain(x.dtype === "f32", "rounding_c1", `element type ${x.dtype} is not f32`);
      return [tensor(dtype, x.shape)];
    },
    decompose: (b, operands) => [decompose(b, at(operands, 0))],
  };
}

export const finite = ofFloat(
  "whether x is neither infinite nor NaN",
  // A NaN is less than nothing.
  (b, x) => b.compare(b.abs(x), "LT", b.like(x, Number.POSITIVE_INFINITY)),
  "pred",
);

export const ceil = ofFloat("smallest integer not below x", (b, x) =>
  b.negate(b.unary("floor", b.negate(x))),
);

// In the next two the sign comes back by a product, which keeps that of a zero.
export const roundNearestEven = ofFloat("nearest integer; of two, the even one", (b, x) => {
  const size = b.abs(x);
  const shift = b.like(x, ALL_INTEGERS);
  // Where the spacing of f32 is 1, addition rounds to an integer.
  const rounded = b.multiply(b.sign(x), b.subtract(b.add(size, shift), shift));
  return b.select(b.compare(size, "LT", shift), rounded, x);
});

export const roundNearestAfz = ofFloat("nearest integer; of two, the one away from zero", (b, x) => {
  const size = b.abs(x);
  const below = b.unary("floor", size);
  const above = b.add(below, b.like(x, 1));
  const isNearer = b.compare(b.subtract(size, below), "GE", b.like(x, 0.5));
  return b.multiply(b.sign(x), b.select(isNearer, above, below));
});
