// Reverse-mode differentiation from IR to IR: appends to the function under construction the operations
// that compute the gradient of a scalar. Backends never differentiate; they run what stands here.

import type { Builder } from "../core/builder.ts";
import type { AnyOp, Op, Value } from "../core/program.ts";
import { ConstraintError } from "../ops/definition.ts";
import type { OpName } from "../ops/table.ts";
import type { RuleContext } from "./rule.ts";
import { rules } from "./rules/table.ts";

/**
 * The gradients of `output`, an f32 scalar, with respect to `wrt`, each of the type of its value; zeros for
 * a value that the output does not depend on. Gradient operations carry the origin of the operation they
 * come from. Several uses of one value add up in reverse order of the uses, so the result is reproducible.
 * @throws ConstraintError when `output` is not an f32 scalar
 */
export function gradients(builder: Builder, output: Value, wrt: readonly Value[]): readonly Value[] {
  if (output.type.dtype !== "f32" || output.type.shape.length !== 0) {
    throw new ConstraintError("gradient_c1", "the output must be an f32 scalar");
  }
  const forward = [...builder.body];
  const active = dependents(forward, wrt);
  const cotangents = new Map<number, Value>([[output.id, builder.scalar(1)]]);

  for (const op of forward.reverse()) {
    const [result] = op.results;
    const cotangent = result === undefined ? undefined : cotangents.get(result.id);
    if (cotangent === undefined || !op.operands.some((value) => active.has(value.id))) continue;
    const needs = (operand: number): boolean => {
      const value = op.operands[operand];
      return value !== undefined && active.has(value.id);
    };
    const contributions = builder.at(op.origin, () => apply(op, { builder, cotangent, needs }));
    for (const [i, value] of op.operands.entries()) {
      const contribution = contributions[i];
      if (contribution === undefined || !active.has(value.id)) continue;
      const sofar = cotangents.get(value.id);
      cotangents.set(
        value.id,
        sofar === undefined ? contribution : builder.at(op.origin, () => builder.add(sofar, contribution)),
      );
    }
  }
  return wrt.map((value) => cotangents.get(value.id) ?? builder.like(value, 0));
}

function apply<K extends OpName>(op: Op<K>, context: Omit<RuleContext<K>, "op">) {
  return rules[op.name]({ ...context, op });
}

/** Ids of the values that depend on any of the sources through f32 values; integers carry no gradient. */
function dependents(body: readonly AnyOp[], sources: readonly Value[]): ReadonlySet<number> {
  const ids = new Set(sources.map((value) => value.id));
  for (const op of body) {
    if (!op.operands.some((value) => ids.has(value.id))) continue;
    for (const result of op.results) if (result.type.dtype === "f32") ids.add(result.id);
  }
  return ids;
}
