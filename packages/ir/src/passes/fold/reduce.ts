// Folding of reduce on small literals, in the order that `ops/reduce.ts` defines.

import { at } from "@netwright/definitions";
import { sizeOf } from "../../core/types.ts";
import { reducer } from "../../semantics/reducer.ts";
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
  const { take, finish } = reducer(kind, type.dtype, sizeOf(type.shape));
  const kept = shape.flatMap((_, d) => (dimensions.includes(d) ? [] : [d]));
  const resultStrides = stridesOf(type.shape);
  // Along a reduced dimension the result stays the same.
  const strides = shape.map((_, d) => (dimensions.includes(d) ? 0 : at(resultStrides, kept.indexOf(d))));
  offsets(shape, strides).forEach((target, i) => {
    take(target, elementAt(literal, i));
  });
  return rewriter.emit("constant", [], { type, values: [...finish()] });
};

export const reduceFolds: Rules = { reduce: foldReduce };
