// Folding of elementwise operations: the scalar meanings of `semantics/scalar.ts` on literals. Operands that
// are all splats give a splat, of whatever size.

import { at } from "@netwright/definitions";
import type { Op, Value } from "../../core/program.ts";
import { sizeOf } from "../../core/types.ts";
import { type BinaryName, binaryOps, type UnaryName, unaryOps } from "../../ops/elementwise.ts";
import type { OpName } from "../../ops/table.ts";
import { binaryScalar, compareScalar, convertScalar, unaryScalar } from "../../semantics/scalar.ts";
import { elementAt, isSplat, type Literal, literalOf, MAXIMUM_ELEMENTS } from "../literal.ts";
import type { Rewriter, Rule, Rules } from "../rewrite.ts";

/** What the operation does to the elements at one position. */
type ElementMeaning = (...elements: number[]) => number;

function foldElementwise<K extends OpName>(meaning: (op: Op<K>) => ElementMeaning): Rule<K> {
  return (op, rewriter) => {
    const literals = literalsOf(op.operands, rewriter);
    const result = op.results[0];
    if (literals === undefined || result === undefined) return undefined;
    const size = literals.every(isSplat) ? 1 : sizeOf(result.type.shape);
    if (size > MAXIMUM_ELEMENTS) return undefined;
    const compute = meaning(op);
    const values = Array.from({ length: size }, (_, i) =>
      compute(...literals.map((literal) => elementAt(literal, i))),
    );
    return rewriter.emit("constant", [], { type: result.type, values });
  };
}

/** The literals of all operands, if all have one. */
function literalsOf(operands: readonly Value[], rewriter: Rewriter): readonly Literal[] | undefined {
  const literals: Literal[] = [];
  for (let i = 0; i < operands.length; i++) {
    const literal = literalOf(at(operands, i), rewriter);
    if (literal === undefined) return undefined;
    literals.push(literal);
  }
  return literals;
}

const foldUnary = foldElementwise<UnaryName>(({ name, operands: [x] }) => {
  const compute = unaryScalar(name, x?.type.dtype ?? "f32");
  return (a = 0) => compute(a);
});

const foldBinary = foldElementwise<BinaryName>(({ name, operands: [x] }) => {
  const compute = binaryScalar(name, x?.type.dtype ?? "f32");
  return (a = 0, b = 0) => compute(a, b);
});

/** The same rule for every key of a table of operations. */
function forEach<K extends string, R>(table: Readonly<Record<K, unknown>>, rule: R): Record<K, R> {
  // Object.keys of a table whose keys are K gives them all, which TypeScript does not say.
  return Object.fromEntries((Object.keys(table) as K[]).map((name) => [name, rule])) as Record<K, R>;
}

export const elementwiseFolds: Rules = {
  ...forEach(unaryOps, foldUnary),
  ...forEach(binaryOps, foldBinary),
  compare: foldElementwise<"compare">(({ attributes: { direction } }) => {
    const compute = compareScalar(direction);
    return (a = 0, b = 0) => compute(a, b);
  }),
  select: foldElementwise<"select">(
    () =>
      (predicate = 0, a = 0, b = 0) =>
        predicate === 1 ? a : b,
  ),
  convert: foldElementwise<"convert">(({ operands: [x], attributes: { dtype } }) => {
    const compute = convertScalar(x?.type.dtype ?? "f32", dtype);
    return (a = 0) => compute(a);
  }),
};
