// What a gradient rule is: from the cotangents of an operation's results to those of its operands,
// written in operations of the IR. A rule may use the operands and results of the forward operation.

import type { Builder } from "../core/builder.ts";
import type { AnyOp, Func, Op, Value } from "../core/program.ts";
import type { OpName } from "../ops/table.ts";

export interface RuleContext<K extends OpName> {
  readonly builder: Builder;
  readonly op: Op<K>;
  /** Of each result, of its type; undefined where nothing depends on the result, but not for all of them. */
  readonly cotangents: readonly (Value | undefined)[];
  /** Whether the gradient with respect to that operand is asked for. */
  readonly needs: (operand: number) => boolean;
  /** Those that operations refer to. */
  readonly functions: readonly Func[];
  /** Differentiates other operations, for what stands for a function. */
  readonly pullback: Pullback;
}

/**
 * From cotangents of what operations give, each with its value, to those of `sources`; undefined where nothing depends
 * on one. What is emitted goes to the builder.
 */
export type Pullback = (
  builder: Builder,
  body: readonly AnyOp[],
  given: readonly (readonly [value: Value, cotangent: Value])[],
  sources: readonly Value[],
) => readonly (Value | undefined)[];

/**
 * For each operand its cotangent, or `undefined` where there is none. A rule of a derived operation that gives nothing
 * at all leaves the gradient to the decomposition.
 */
export type Rule<K extends OpName> = (context: RuleContext<K>) => readonly (Value | undefined)[] | undefined;

/** The rule of an operation with one result. */
export type OneResultRule<K extends OpName> = (
  context: RuleContext<K> & { readonly cotangent: Value },
) => ReturnType<Rule<K>>;

export function oneResult<K extends OpName>(rule: OneResultRule<K>): Rule<K> {
  return (context) => {
    const [cotangent] = context.cotangents;
    if (cotangent === undefined) throw new Error(`${context.op.name} has no cotangent`);
    return rule({ ...context, cotangent });
  };
}

/** Piecewise constant or without a real derivative: no gradient flows back. */
export function noGradient(): readonly undefined[] {
  return [];
}

/** The operand, which the builder has checked to exist. */
export function operandOf(op: Op, index: number): Value {
  const value = op.operands[index];
  if (value === undefined) throw new Error(`${op.name} has no operand ${index}`);
  return value;
}

export function resultOf(op: Op): Value {
  const [value] = op.results;
  if (value === undefined) throw new Error(`${op.name} has no result`);
  return value;
}
