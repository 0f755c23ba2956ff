// What lowers one operation, and how its operands and results are taken: the verifier has counted them.

import type { Op, OpName, Value } from "@netwright/ir";
import type { LoweringContext } from "./context.ts";

export type LoweringRule<K extends OpName> = (context: LoweringContext, op: Op<K>) => void;

/** @throws Error where the operation has no such operand, which is a mistake of ours */
export function operandOf(op: Op, index: number): Value {
  return present(op.operands[index], op);
}

/** @throws Error where the operation has no such result, which is a mistake of ours */
export function resultOf(op: Op, index = 0): Value {
  return present(op.results[index], op);
}

function present(value: Value | undefined, { name }: Op): Value {
  if (value === undefined) throw new Error(`${name} lacks an operand or a result`);
  return value;
}
