// cse, common subexpression elimination: of operations with equal name, attributes and operands the first is
// kept, with its origin. All operations are pure, random bits too: they are a function of their state.

import { type AnyOp, type Func, mapFuncs, type Program, type Value } from "../core/program.ts";
import { substitute, withOperands } from "./rewrite.ts";

export function cse(program: Program): Program {
  return mapFuncs(program, cseFunc);
}

export function cseFunc(func: Func): Func {
  const replaced = new Map<number, Value>();
  const known = new Map<string, AnyOp[]>();
  const body: AnyOp[] = [];
  for (const original of func.body) {
    const op = replaced.size === 0 ? original : withOperands(original, replaced);
    const key = keyOf(op);
    const alike = known.get(key);
    // Result types follow from name, operands and attributes.
    const earlier = alike?.find(({ attributes }) => isSame(attributes, op.attributes));
    if (earlier === undefined) {
      if (alike === undefined) known.set(key, [op]);
      else alike.push(op);
      body.push(op);
      continue;
    }
    earlier.results.forEach((kept, i) => {
      const dropped = op.results[i];
      if (dropped !== undefined) replaced.set(dropped.id, kept);
    });
  }
  return body.length === func.body.length ? func : { ...func, body, results: substitute(func, replaced) };
}

/** Equal for equal operations, and different for most others: constants would otherwise all be alike. */
function keyOf(op: AnyOp): string {
  let key: string = op.name;
  for (let i = 0; i < op.operands.length; i++) key += ` ${op.operands[i]?.id}`;
  if (op.name !== "constant") return key;
  const { type, values } = op.attributes;
  return `${key} ${type.dtype} ${type.shape} ${values.length} ${values[0]}`;
}

/** Whether plain data is the same; -0 and 0 are not, NaN and NaN are. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const entries = Object.entries(a);
  const others: Readonly<Record<string, unknown>> = { ...b };
  return (
    entries.length === Object.keys(others).length &&
    entries.every(([name, value]) => name in others && isSame(value, others[name]))
  );
}
