// Gradient of reduce: each kind distributes the cotangent over the elements that it combined.

import type { Builder } from "../../core/builder.ts";
import type { Value } from "../../core/program.ts";
import type { NumericReduceKind, ReduceKind } from "../../ops/reduce.ts";
import { oneResult, operandOf, resultOf } from "../rule.ts";

interface Reduced {
  readonly b: Builder;
  /** Operand; cotangent and result repeated to its shape. */
  readonly x: Value;
  readonly g: Value;
  readonly z: Value;
  readonly total: (x: Value, kind: ReduceKind) => Value;
}

// g shared equally among the elements equal to the result
const shared = ({ b, x, g, z, total }: Reduced): Value => {
  const hit = b.select(b.compare(x, "EQ", z), b.like(x, 1), b.like(x, 0));
  return b.multiply(g, b.divide(hit, total(hit, "sum")));
};

const rules: { readonly [K in NumericReduceKind]: (reduced: Reduced) => Value } = {
  // g
  sum: ({ g }) => g,
  // g times the product of the other elements: z / x without zeros, else only the single zero gets anything
  product: ({ b, x, g, total }) => {
    const [zero, one] = [b.like(x, 0), b.like(x, 1)];
    const isZero = b.compare(x, "EQ", zero);
    const zeros = total(b.select(isZero, one, zero), "sum");
    const others = total(b.select(isZero, one, x), "product");
    const atZero = b.select(b.compare(zeros, "EQ", one), others, zero);
    const elsewhere = b.select(
      b.compare(zeros, "EQ", zero),
      b.divide(others, b.select(isZero, one, x)),
      zero,
    );
    return b.multiply(g, b.select(isZero, atZero, elsewhere));
  },
  max: shared,
  min: shared,
};

export const reduce = oneResult<"reduce">(({ builder: b, op, cotangent }) => {
  const x = operandOf(op, 0);
  const { shape } = x.type;
  const { kind } = op.attributes;
  // Truth values carry no gradient.
  if (kind === "and" || kind === "or") return [];
  const kept = shape.map((_, d) => d).filter((d) => !op.attributes.dimensions.includes(d));
  const spread = (value: Value): Value => b.broadcastInDim(value, shape, kept);
  return [
    rules[kind]({
      b,
      x,
      g: spread(cotangent),
      z: spread(resultOf(op)),
      total: (value, kind) => spread(b.reduce(value, kind, op.attributes.dimensions)),
    }),
  ];
});
