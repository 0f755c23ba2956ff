// What gradients can flow through.

import type { AnyOp, Value } from "../core/program.ts";

/** Ids of the values that depend on any of the sources through f32 values; integers carry no gradient. */
export function dependents(body: readonly AnyOp[], sources: readonly Value[]): ReadonlySet<number> {
  const ids = new Set(sources.map((value) => value.id));
  for (const op of body) {
    if (!op.operands.some((value) => ids.has(value.id))) continue;
    for (const result of op.results) if (result.type.dtype === "f32") ids.add(result.id);
  }
  return ids;
}
