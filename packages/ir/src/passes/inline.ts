// inline: replaces composite operations by the body of their decomposition and drops the composite functions.
// For backends that run no composites in a way of their own. An inlined operation has the origin of the
// composite that it came from, or its own where that has none.

import { compositeOrder } from "../core/composite-order.ts";
import type { AnyOp, Func, Op, Program, Value } from "../core/program.ts";
import { ConstraintError } from "../ops/definition.ts";
import { firstFreeId, substitute, withOperands } from "./rewrite.ts";

/**
 * `keeps` says which composites a backend runs itself: those stay, with their decompositions dropped all the same.
 *
 * @throws ConstraintError for recursion or a missing decomposition, which `verify` reports.
 */
export function inline(program: Program, keeps: (op: Op<"composite">) => boolean = () => false): Program {
  const { order, recursive } = compositeOrder(program);
  if (recursive.length > 0) {
    throw new ConstraintError("composite_c4", `${recursive.map(({ name }) => name).join(", ")}: recursion`);
  }
  // Callees first: when a function is expanded, what it calls holds no composite any more.
  const expanded = new Map<string, Func>();
  for (const func of order) expanded.set(func.name, expand(func, expanded, keeps));
  return {
    ...program,
    functions: program.functions
      .filter(({ kind }) => kind !== "composite")
      .map((func) => expand(func, expanded, keeps)),
  };
}

function expand(
  func: Func,
  expanded: ReadonlyMap<string, Func>,
  keeps: (op: Op<"composite">) => boolean,
): Func {
  if (!func.body.some(({ name }) => name === "composite")) return func;
  const replaced = new Map<number, Value>();
  const body: AnyOp[] = [];
  let nextId = firstFreeId(func);

  const splice = (call: Op<"composite">, callee: Func): void => {
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
    if (op.name !== "composite" || keeps(op)) {
      body.push(op);
      continue;
    }
    const { decomposition } = op.attributes;
    const callee = expanded.get(decomposition);
    if (callee === undefined) throw new ConstraintError("composite_c1", `there is no ${decomposition}`);
    splice(op, callee);
  }
  return { ...func, body, results: substitute(func, replaced) };
}
