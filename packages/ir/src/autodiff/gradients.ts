// Reverse-mode differentiation from IR to IR: appends to the function under construction the operations
// that compute the gradient of a scalar. Backends never differentiate; they run what stands here.

import type { Builder } from "../core/builder.ts";
import { decompose, isDerived } from "../core/decompose.ts";
import type { AnyOp, Func, Op, Value } from "../core/program.ts";
import { ConstraintError } from "../ops/definition.ts";
import type { OpName } from "../ops/table.ts";
import { Cotangents, partOf } from "./cotangents.ts";
import { dependents } from "./dependents.ts";
import type { Pullback } from "./rule.ts";
import { ruleOf } from "./rules/table.ts";

/** Where gradients are written to. */
interface Scope {
  readonly builder: Builder;
  /** Decompositions of composites, bodies of scans. */
  readonly functions: readonly Func[];
}

/**
 * The gradients of `output`, an f32 scalar, with respect to `wrt`, each of the type of its value; zeros for
 * a value that the output does not depend on. Gradient operations carry the origin of the operation they
 * come from. Several uses of one value add up in reverse order of the uses, so the result is reproducible; those of its
 * parts stand side by side where nothing is in two of them, and nothing in none.
 * `functions` are the decompositions of the composites that are differentiated, and bodies of scans that the builder
 * does not know. What gradients of scans refer to is among the builder's functions afterwards.
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
  const cotangents = new Cotangents(builder);
  const body = [...builder.body];
  cotangents.add(output, builder.scalar(1));
  const known = [...builder.functions, ...functions];
  backwards({ builder, functions: known }, body, dependents(body, wrt), cotangents);
  return wrt.map((value) => cotangents.of(value) ?? builder.like(value, 0));
}

/** From the cotangents of what comes after `body` to those of what comes before it. */
function backwards(
  scope: Scope,
  body: readonly AnyOp[],
  active: ReadonlySet<number>,
  cotangents: Cotangents,
): void {
  for (const op of [...body].reverse()) {
    if (!op.results.some((result) => cotangents.has(result))) continue;
    if (!op.operands.some(({ id }) => active.has(id))) continue;
    scope.builder.at(op.origin, () => {
      const given = op.results.map((result) => cotangents.of(result));
      const contributions = contributionsOf(op, { scope, given, active });
      for (const [i, value] of op.operands.entries()) {
        const contribution = contributions[i];
        if (contribution !== undefined && active.has(value.id)) {
          cotangents.add(value, contribution, partOf(op, given));
        }
      }
    });
  }
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
  const { builder, functions } = scope;
  return ruleOf(op.name)?.({
    builder,
    op,
    cotangents: given,
    needs,
    functions,
    pullback: pullbackWith(functions),
  });
}

function pullbackWith(functions: readonly Func[]): Pullback {
  return (builder, body, given, sources) => {
    const cotangents = new Cotangents(builder);
    for (const [value, cotangent] of given) cotangents.add(value, cotangent);
    backwards({ builder, functions }, body, dependents(body, sources), cotangents);
    return sources.map((source) => cotangents.of(source));
  };
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
  { scope: { builder, functions }, given, active }: Step,
  emit: () => readonly Value[],
): readonly (Value | undefined)[] {
  const start = builder.body.length;
  const results = emit();
  const body = builder.body.slice(start);
  const cotangents = results.flatMap((value, i): readonly [Value, Value][] => {
    const cotangent = given[i];
    return cotangent === undefined ? [] : [[value, cotangent]];
  });
  // An operand that stands twice has its whole cotangent at its first place.
  const isSource = ({ id }: Value, i: number): boolean =>
    active.has(id) && op.operands.findIndex((other) => other.id === id) === i;
  const sources = op.operands.filter(isSource);
  const found = pullbackWith(functions)(builder, body, cotangents, sources);
  const ids = sources.map(({ id }) => id);
  return op.operands.map((value, i) => (isSource(value, i) ? found[ids.indexOf(value.id)] : undefined));
}
