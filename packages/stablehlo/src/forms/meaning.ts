// A derived operation as what it means in others.

import { Builder, type DerivedName, decompose, type Op } from "@netwright/ir";
import { type Body, operandOf } from "./form.ts";

/** Writes its decomposition; gives the names of its results. */
export function meaning<K extends DerivedName>(op: Op<K>, body: Body): readonly string[] {
  const builder = new Builder();
  const operands = op.operands.map(({ type }, i) => builder.parameter(`operand_${i}`, type));
  const results = decompose(builder, { ...op, operands });
  const inside = body.inside(new Map(operands.map(({ id }, i) => [id, body.use(operandOf(op, i))])));
  for (const each of builder.body) inside.op(each);
  return results.map((value) => inside.use(value));
}
