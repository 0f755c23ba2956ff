// The order in which the composite functions of a program can be expanded: callees before callers. The
// verifier uses it to find recursion, inlining to expand each function once.

import type { Func, Program } from "./program.ts";

export interface CompositeOrder {
  /** Composite functions, callees first. */
  readonly order: readonly Func[];
  /** Composite functions that call themselves, directly or through others. */
  readonly recursive: readonly Func[];
}

/** Names of the functions that operations of the body refer to: decompositions of composites, bodies of scans. */
export function calledBy(func: Func): ReadonlySet<string> {
  const called = new Set<string>();
  func.body.forEach((op) => {
    if (op.name === "composite") called.add(op.attributes.decomposition);
    if (op.name === "scan") called.add(op.attributes.body);
  });
  return called;
}

export function compositeOrder(program: Program): CompositeOrder {
  const composites = program.functions.filter(({ kind }) => kind === "composite");
  const names = new Set(composites.map(({ name }) => name));
  const calls = new Map(
    composites.map((func) => [func.name, [...calledBy(func)].filter((name) => names.has(name))]),
  );
  if ([...calls.values()].every((callees) => callees.length === 0))
    return { order: composites, recursive: [] };
  const callers = new Map<string, string[]>(composites.map(({ name }) => [name, []]));
  for (const [caller, callees] of calls) for (const callee of callees) callers.get(callee)?.push(caller);

  const order = peel([...names], calls, callers);
  const ordered = new Set(order);
  // What is left reaches a cycle. Peeled from the other end, those go that no cycle reaches.
  const left = [...names].filter((name) => !ordered.has(name));
  const reaching = new Set(peel(left, callers, calls));
  const byName = new Map(composites.map((func) => [func.name, func]));
  const functions = (list: readonly string[]): readonly Func[] =>
    list.flatMap((name) => byName.get(name) ?? []);
  return { order: functions(order), recursive: functions(left.filter((name) => !reaching.has(name))) };
}

/** Takes away names all of whose `needs` (within `names`) are taken away, until none is left (Kahn 1962). */
function peel(
  names: readonly string[],
  needs: ReadonlyMap<string, readonly string[]>,
  neededBy: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const among = new Set(names);
  const open = new Map(
    names.map((name) => [name, (needs.get(name) ?? []).filter((need) => among.has(need)).length]),
  );
  const taken = names.filter((name) => open.get(name) === 0);
  // The list grows while it is walked.
  for (const name of taken) {
    for (const user of neededBy.get(name) ?? []) {
      const count = (open.get(user) ?? 0) - 1;
      open.set(user, count);
      if (count === 0) taken.push(user);
    }
  }
  return taken;
}
