// The engine of the peephole passes: one walk over a function, in which a rule may replace the result of an
// operation by another value. Linear in the number of operations. Until an engine has compiled it, a loop over a list by
// its iterator takes several times as long as one by index: it is avoided where every operation comes by.

import type { AnyOp, Func, Op, Origin, Value } from "../core/program.ts";
import { formatType, sameType } from "../core/types.ts";
import { type Attributes, type OpName, ops } from "../ops/table.ts";

/** What a rule sees and may do. */
export interface Rewriter {
  /** The operation that defines a value, already rewritten; undefined for a parameter. */
  readonly definition: (value: Value) => AnyOp | undefined;
  /** A new operation of one result, with the origin of the one that is rewritten; rules apply to it too. */
  readonly emit: <K extends OpName>(name: K, operands: readonly Value[], attributes: Attributes[K]) => Value;
}

/** The value, of the same type, that replaces the one result of the operation; undefined to keep it. */
export type Rule<K extends OpName> = (op: Op<K>, rewriter: Rewriter) => Value | undefined;

export type Rules = { readonly [K in OpName]?: Rule<K> };

/** The first of the rules that applies. */
export function firstOf<K extends OpName>(...rules: readonly Rule<K>[]): Rule<K> {
  return (op, rewriter) => {
    for (let i = 0; i < rules.length; i++) {
      const value = rules[i]?.(op, rewriter);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/**
 * The rule of the first table that applies; the same function object if none does. Operations that fall out of use
 * stay: `dce` removes them.
 */
export function rewrite(func: Func, ...tables: readonly Rules[]): Func {
  const replaced = new Map<number, Value>();
  const definitions = new Map<number, AnyOp>();
  const body: AnyOp[] = [];
  let nextId: number | undefined;

  const push = (op: AnyOp): void => {
    body.push(op);
    op.results.forEach(({ id }) => {
      definitions.set(id, op);
    });
  };
  /** Of the operation that is being rewritten. */
  let origin: Origin | undefined;
  const rewriter: Rewriter = {
    definition: (value) => definitions.get(value.id),
    emit: (name, operands, attributes) => {
      const [type] = ops[name].infer(
        operands.map((value) => value.type),
        attributes,
      );
      if (type === undefined) throw new Error(`a rule emitted ${name}, which has no result`);
      nextId ??= firstFreeId(func);
      const result: Value = { id: nextId++, type };
      const op = { name, operands, attributes, results: [result], ...(origin && { origin }) };
      const simpler = apply(name, op, tables, rewriter);
      if (simpler !== undefined) return simpler;
      // An operation of a generic name is one member of the union AnyOp, which TypeScript cannot see.
      push(op as unknown as AnyOp);
      return result;
    },
  };

  for (const original of func.body) {
    const op = replaced.size === 0 ? original : withOperands(original, replaced);
    origin = op.origin;
    const value = apply(op.name, op, tables, rewriter);
    const result = op.results[0];
    if (value === undefined || result === undefined) {
      push(op);
      continue;
    }
    if (!sameType(value.type, result.type)) {
      const types = `${formatType(result.type)} by ${formatType(value.type)}`;
      throw new Error(`a rule for ${op.name} replaced ${types}`);
    }
    replaced.set(result.id, value);
  }
  return replaced.size === 0 ? func : { ...func, body, results: substitute(func, replaced) };
}

function apply<K extends OpName>(
  name: K,
  op: Op<K>,
  tables: readonly Rules[],
  rewriter: Rewriter,
): Value | undefined {
  for (let i = 0; i < tables.length; i++) {
    const rule: Rule<K> | undefined = tables[i]?.[name];
    const value = rule?.(op, rewriter);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The first id that no value of the function has. */
export function firstFreeId(func: Func): number {
  let last = -1;
  for (const { value } of func.parameters) last = Math.max(last, value.id);
  for (const op of func.body) for (const { id } of op.results) last = Math.max(last, id);
  return last + 1;
}

/** The operation with replaced operands; the same object if none is replaced. */
export function withOperands(op: AnyOp, replaced: ReadonlyMap<number, Value>): AnyOp {
  if (!op.operands.some(({ id }) => replaced.has(id))) return op;
  return { ...op, operands: op.operands.map((value) => replaced.get(value.id) ?? value) };
}

/** The results of the function with replaced values. */
export function substitute(func: Func, replaced: ReadonlyMap<number, Value>): Func["results"] {
  return func.results.map(({ name, value }) => ({ name, value: replaced.get(value.id) ?? value }));
}
