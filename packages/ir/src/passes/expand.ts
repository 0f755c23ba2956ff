// expand: replaces operations by what they mean in others: composites by the body of their decomposition, derived
// operations by theirs, until only such are left as `keeps` takes and core operations. So a backend runs every
// operation of the IR, with the bits of its meaning, whatever kernels it has. What is put in has the origin of the
// operation that it stands for, or its own where that has none.

import { Builder } from "../core/builder.ts";
import { compositeOrder } from "../core/composite-order.ts";
import { type DerivedOp, decompose, isDerived } from "../core/decompose.ts";
import type { AnyOp, Func, Op, Program, Value } from "../core/program.ts";
import { ConstraintError } from "../ops/definition.ts";
import { withoutUncalled } from "./dce.ts";
import { firstFreeId, substitute, withOperands } from "./rewrite.ts";

/** Whether an operation stays as it is. Core operations but composites stay without being asked for. */
export type Keeps = (op: AnyOp) => boolean;

interface Expansion {
  /** Composite functions that are expanded themselves. */
  readonly callees: ReadonlyMap<string, Func>;
  readonly keeps: Keeps;
}

type Expandable = Op<"composite"> | DerivedOp;

/**
 * Composite functions that nothing calls any more are dropped.
 *
 * @throws ConstraintError for recursion or a missing decomposition, which `verify` reports.
 */
export function expand(program: Program, keeps: Keeps = () => false): Program {
  if (program.functions.every((func) => isExpanded(func, keeps))) return withoutUncalled(program);
  const { order, recursive } = compositeOrder(program);
  if (recursive.length > 0) {
    throw new ConstraintError("composite_c4", `${recursive.map(({ name }) => name).join(", ")}: recursion`);
  }
  // Callees first: when a function is expanded, what it calls is so already.
  const callees = new Map<string, Func>();
  for (const func of order) callees.set(func.name, expandFunc(func, { callees, keeps }));
  const functions = program.functions.map(
    (func) => callees.get(func.name) ?? expandFunc(func, { callees, keeps }),
  );
  return withoutUncalled({ ...program, functions });
}

function isExpandable(op: AnyOp): op is Expandable {
  return op.name === "composite" || isDerived(op);
}

function isExpanded({ body }: Func, keeps: Keeps): boolean {
  return body.every((op) => !isExpandable(op) || keeps(op));
}

/** The same object where nothing is to be done. */
function expandFunc(func: Func, expansion: Expansion): Func {
  if (isExpanded(func, expansion.keeps)) return func;
  const replaced = new Map<number, Value>();
  const body: AnyOp[] = [];
  let nextId = firstFreeId(func);

  const splice = (call: AnyOp, callee: Func): void => {
    const local = new Map<number, Value>();
    callee.parameters.forEach(({ value }, i) => {
      const operand = call.operands[i];
      if (operand !== undefined) local.set(value.id, operand);
    });
    for (const op of callee.body) {
      const results = op.results.map(({ id, type }) => {
        const result: Value = { id: nextId++, type };
        local.set(id, result);
        return result;
      });
      const origin = call.origin ?? op.origin;
      body.push({ ...withOperands(op, local), results, ...(origin && { origin }) });
    }
    substitute(callee, local).forEach(({ value }, i) => {
      const result = call.results[i];
      if (result !== undefined) replaced.set(result.id, value);
    });
  };
  for (const original of func.body) {
    const op = withOperands(original, replaced);
    if (isExpandable(op) && !expansion.keeps(op)) splice(op, meaningOf(op, expansion));
    else body.push(op);
  }
  return { ...func, body, results: substitute(func, replaced) };
}

/** What the operation means, as a function of its operands that needs no further expansion. */
function meaningOf(op: Expandable, expansion: Expansion): Func {
  if (op.name === "composite") {
    const { decomposition } = op.attributes;
    const callee = expansion.callees.get(decomposition);
    if (callee === undefined) throw new ConstraintError("composite_c1", `there is no ${decomposition}`);
    return callee;
  }
  const builder = new Builder();
  const operands = op.operands.map(({ type }, i) => builder.parameter(`operand_${i}`, type));
  const results = decompose(builder, { ...op, operands });
  const named = results.map((value, i) => ({ name: `result_${i}`, value }));
  return expandFunc(builder.finish(op.name, "composite", 0, named), expansion);
}
