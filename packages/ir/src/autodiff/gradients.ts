// Reverse-mode differentiation from IR to IR: appends to the function under construction the operations
// that compute the gradient of a scalar. Backends never differentiate; they run what stands here.

import type { Builder } from "../core/builder.ts";
import { decompose, isDerived } from "../core/decompose.ts";
import type { AnyOp, Func, Op, Value } from "../core/program.ts";
import { ConstraintError } from "../ops/definition.ts";
import type { OpName } from "../ops/table.ts";
import { ruleOf } from "./rules/table.ts";

/** Where gradients are written to. */
interface Scope {
  readonly builder: Builder;
  /** Decompositions of composites. */
  readonly functions: readonly Func[];
}

/** By the id of a value. */
type Cotangents = Map<number, Value>;

/**
 * The gradients of `output`, an f32 scalar, with respect to `wrt`, each of the type of its value; zeros for
 * a value that the output does not depend on. Gradient operations carry the origin of the operation they
 * come from. Several uses of one value add up in reverse order of the uses, so the result is reproducible.
 * `functions` are the decompositions of the composites that are differentiated.
 * @throws ConstraintError when `output` is not an f32 scalar, or a decomposition is missing
 */
export function gradients(
  builder: Builder,
  output: Value,
  wrt: readonly Value[],
  functions: readonly Func[] = [],
): readonly Value[] {
  if (output.type.dtype !== "f32" || output.type.shape.length !== 0) {
    throw new ConstraintError("gradient_c1", "the output must be an f32 scalar");
  }
  const cotangents: Cotangents = new Map();
  const body = [...builder.body];
  cotangents.set(output.id, builder.scalar(1));
  backwards({ builder, functions }, body, dependents(body, wrt), cotangents);
  return wrt.map((value) => cotangents.get(value.id) ?? builder.like(value, 0));
}

/** From the cotangents of what comes after `body` to those of what comes before it. */
function backwards(
  scope: Scope,
  body: readonly AnyOp[],
  active: ReadonlySet<number>,
  cotangents: Cotangents,
): void {
  for (const op of [...body].reverse()) {
    const given = op.results.map(({ id }) => cotangents.get(id));
    if (given.every((cotangent) => cotangent === undefined)) continue;
    if (!op.operands.some(({ id }) => active.has(id))) continue;
    scope.builder.at(op.origin, () => {
      const contributions = contributionsOf(op, { scope, given, active });
      for (const [i, value] of op.operands.entries()) {
        const contribution = contributions[i];
        if (contribution !== undefined && active.has(value.id)) {
          addTo(cotangents, value, contribution, scope.builder);
        }
      }
    });
  }
}

function addTo(cotangents: Cotangents, { id }: Value, contribution: Value, builder: Builder): void {
  const sofar = cotangents.get(id);
  cotangents.set(id, sofar === undefined ? contribution : builder.add(sofar, contribution));
}

interface Step {
  readonly scope: Scope;
  /** The cotangent of each result, where there is one. */
  readonly given: readonly (Value | undefined)[];
  readonly active: ReadonlySet<number>;
}

/** What the operation adds to the cotangent of each of its operands. */
function contributionsOf(op: AnyOp, step: Step): readonly (Value | undefined)[] {
  const { builder } = step.scope;
  if (op.name === "composite") {
    return through(op, step, () => builder.call(callee(op, step.scope), op.operands));
  }
  return byRule(op, step) ?? (isDerived(op) ? through(op, step, () => decompose(builder, op)) : []);
}

/** Undefined where the operation has no rule. */
function byRule<K extends OpName>(op: Op<K>, { scope, given, active }: Step) {
  const needs = (operand: number): boolean => {
    const value = op.operands[operand];
    return value !== undefined && active.has(value.id);
  };
  return ruleOf(op.name)?.({ builder: scope.builder, op, cotangents: given, needs });
}

function callee({ attributes }: Op<"composite">, { functions }: Scope): Func {
  const found = functions.find(({ name }) => name === attributes.decomposition);
  if (found !== undefined) return found;
  throw new ConstraintError("composite_c1", `there is no ${attributes.decomposition} to differentiate`);
}

/**
 * Differentiates what the operation means: emitted once more, as what it computes on the way is wanted here. Where the
 * operation is expanded itself, `cse` makes one of the two.
 */
function through(
  op: AnyOp,
  { scope, given, active }: Step,
  emit: () => readonly Value[],
): readonly (Value | undefined)[] {
  const { builder } = scope;
  const start = builder.body.length;
  const results = emit();
  const body = builder.body.slice(start);
  const cotangents: Cotangents = new Map();
  results.forEach((value, i) => {
    const cotangent = given[i];
    if (cotangent !== undefined) addTo(cotangents, value, cotangent, builder);
  });
  const sources = op.operands.filter(({ id }) => active.has(id));
  backwards(scope, body, dependents(body, sources), cotangents);
  // An operand that stands twice has its whole cotangent already.
  return op.operands.map(({ id }, i) =>
    op.operands.findIndex((other) => other.id === id) === i ? cotangents.get(id) : undefined,
  );
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
