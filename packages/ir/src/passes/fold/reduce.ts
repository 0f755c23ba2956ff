// Folding of reduce on small literals, in the order that `ops/reduce.ts` defines.

import { sizeOf } from "../../core/types.ts";
import { offsetsOf, reducedStrides } from "../../semantics/offsets.ts";
import { reducer } from "../../semantics/reducer.ts";
import { elementAt, literalOf, MAXIMUM_ELEMENTS } from "../literal.ts";
import type { Rule, Rules } from "../rewrite.ts";

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
  offsetsOf(shape, reducedStrides(shape, dimensions)).forEach((target, i) => {
    take(target, elementAt(literal, i));
  });
  return rewriter.emit("constant", [], { type, values: [...finish()] });
};

export const reduceFolds: Rules = { reduce: foldReduce };
