// dce, dead code elimination: drops operations on which no result of the function depends, and composite
// functions that nothing calls. All operations are pure.

import { calledBy } from "../core/composite-order.ts";
import { type AnyOp, type Func, mapFuncs, type Program } from "../core/program.ts";

export function dce(program: Program): Program {
  return withoutUncalled(mapFuncs(program, dceFunc));
}

/** Drops the dead operations of one function. */
export function dceFunc(func: Func): Func {
  const live = new Set(func.results.map(({ value }) => value.id));
  const kept: AnyOp[] = [];
  for (const op of [...func.body].reverse()) {
    if (!op.results.some(({ id }) => live.has(id))) continue;
    kept.push(op);
    op.operands.forEach(({ id }) => {
      live.add(id);
    });
  }
  return kept.length === func.body.length ? func : { ...func, body: kept.reverse() };
}

/** Drops composite functions that nothing calls. */
export function withoutUncalled(program: Program): Program {
  const byName = new Map(program.functions.map((func) => [func.name, func]));
  const called = new Set(
    program.functions.filter(({ kind }) => kind !== "composite").map(({ name }) => name),
  );
  // The set grows while it is walked.
  for (const name of called) {
    const func = byName.get(name);
    if (func !== undefined) for (const callee of calledBy(func)) called.add(callee);
  }
  return { ...program, functions: program.functions.filter(({ name }) => called.has(name)) };
}
