// What a rule is: an operation to references to its results, emitting instructions on the way.

import type { Op, OpName, TensorType, Value } from "@netwright/ir";
import type { Ref } from "../plan/plan.ts";
import type { Planner } from "../plan/planner.ts";

export type Rule<K extends OpName> = (op: Op<K>, planner: Planner) => readonly Ref[];

/** The operand, which the verifier has checked to exist. */
export function operandOf(op: Op, index: number): Value {
  const value = op.operands[index];
  if (value === undefined) throw new Error(`${op.name} has no operand ${index}`);
  return value;
}

/** The type of the first result. */
export function typeOf(op: Op): TensorType {
  const [value] = op.results;
  if (value === undefined) throw new Error(`${op.name} has no result`);
  return value.type;
}
