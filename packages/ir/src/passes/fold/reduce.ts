// Folding of reduce on small literals, in the order that `ops/reduce.ts` defines: each accumulator starts at
// the identity and takes the elements of the operand in row-major order.

import { sizeOf } from "../../core/types.ts";
import { reduction } from "../../semantics/scalar.ts";
import { elementAt, literalOf, MAXIMUM_ELEMENTS } from "../literal.ts";
import type { Rule, Rules } from "../rewrite.ts";
import { offsets, stridesOf } from "./offsets.ts";

const foldReduce: Rule<"reduce"> = (
  { operands: [x], results: [result], attributes: { kind, dimensions } },
  rewriter,
) => {
  const literal = x && literalOf(x, rewriter);
  if (literal === undefined || result === undefined) return undefined;
  const { shape } = literal.type;
  const { type } = result;
  if (Math.max(sizeOf(shape), sizeOf(type.shape)) > MAXIMUM_ELEMENTS) return undefined;
  const { identity, combine } = reduction(kind, type.dtype);
  const values = new Array<number>(sizeOf(type.shape)).fill(identity);
  const kept = shape.flatMap((_, d) => (dimensions.includes(d) ? [] : [d]));
  const resultStrides = stridesOf(type.shape);
  // Along a reduced dimension the accumulator stays the same.
  const strides = shape.map((_, d) => resultStrides[kept.indexOf(d)] ?? 0);
  offsets(shape, strides).forEach((target, i) => {
    values[target] = combine(values[target] ?? identity, elementAt(literal, i));
  });
  return rewriter.emit("constant", [], { type, values });
};

export const reduceFolds: Rules = { reduce: foldReduce };
